//! Browsers behind a remote WebDriver endpoint, such as a Selenium Grid.

# A handler of backgroundfetchclick, tested by Selenium. Run by `run.sh`.
import os
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

options = webdriver.ChromeOptions()
options.add_argument("--no-sandbox")
with webdriver.Remote("http://127.0.0.1:" + os.environ["PORT"], options=options) as driver:
    driver.command_executor._commands["click"] = ("POST", "/session/$sessionId/backgroundfetch/$id/click")
    driver.get(os.environ["SITE"])
    driver.find_element(By.TAG_NAME, "button").click()
    WebDriverWait(driver, 10).until(lambda driver: driver.title == "Downloading")
    driver.execute("click", {"id": "my-movie"})
    WebDriverWait(driver, 10).until(lambda driver: len(driver.window_handles) == 2)
    driver.switch_to.window(driver.window_handles[1])
    WebDriverWait(driver, 10).until(lambda driver: driver.title == "/movie-download-progress")
    print("Selenium: a click opened", driver.title)

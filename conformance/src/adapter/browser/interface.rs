//! The interface that Chromium shows of background fetches: a button on its toolbar, and a row for each in the bubble behind it.
//!
//! Where they are is read from the browser's own widgets; what is done to them the X server does. Nothing here waits for a fixed
//! time: it looks until it sees what it needs, and says so if it never does.

use std::time::{Duration, Instant};

use super::act::{Act, Acted, Deed};
use super::evidence::Evidence;
use super::screen::{Area, Screen};
use super::widgets::{At, Tree, Widgets};

/// How long a row or a button may take to be there.
const APPEARS: Duration = Duration::from_secs(5);

/// How long the bubble may take to open or close after its button was pressed.
const BUBBLE: Duration = Duration::from_millis(700);

/// How long what the button of a row does may take to be seen.
const TAKES_EFFECT: Duration = Duration::from_secs(3);

/// The class of a row.
const ROW: &str = "DownloadBubbleRowView";

/// How long to wait before the widgets are looked at again.
const LOOK_AGAIN: Duration = Duration::from_millis(15);

/// The texts of a row.
pub(super) type Row = Vec<String>;

/// What is seen around a row in a picture of it.
const MARGIN: u16 = 70;

/// The interface of one browser.
pub(super) struct Interface {
    widgets: Widgets,
    screen: Screen,
    evidence: Evidence,
    /// Where the toolbar's button was when it was last looked for.
    button: Option<Area>,
}

/// Which of the rows that are there is looked for, if it is among them.
type Choose<'a> = &'a mut dyn FnMut(&[Row]) -> Option<usize>;

/// What one look at the widgets shows.
struct Seen {
    /// Whether the bubble is open, with something in it.
    is_open: bool,
    /// Where the row is that was looked for.
    row: Option<Area>,
}

impl Interface {
    /// The interface of the browser whose widgets are told of at this port and that is shown on this display.
    pub(super) fn open(port: u16, display: &str, evidence: Evidence) -> Result<Self, String> {
        Ok(Interface { widgets: Widgets::open(port)?, screen: Screen::open(display)?, evidence, button: None })
    }

    /// Does what a user would; what can't be found is said, with a picture of what was there instead.
    pub(super) fn act(&mut self, deed: &Deed) -> Result<Acted, String> {
        match self.act_on_row(deed) {
            Ok(Some(())) => Ok(Acted::Done),
            Ok(None) => Ok(Acted::NotThere(match self.note_missing(deed) {
                Some(file) => format!("the interface shows no row of it; see {file}"),
                None => "the interface shows no row of it; with --out there is a picture".to_owned(),
            })),
            Err(error) => Err(match self.note_missing(deed) {
                Some(file) => format!("{error}; see {file}"),
                None => error,
            }),
        }
    }

    fn act_on_row(&mut self, deed: &Deed) -> Result<Option<()>, String> {
        // The newest come first, and what a fetch is called here no other is.
        let mut is_meant = |rows: &[Row]| rows.iter().position(|row| row.contains(&deed.title));
        let Some(row) = self.find(&mut is_meant, deed.afresh, APPEARS)? else { return Ok(None) };
        match deed.act {
            Act::Activate => {
                self.note(deed, row);
                self.screen.click(row.middle())?;
                Ok(Some(()))
            }
            Act::Abort => self.press(row, &mut is_meant, "Cancel", deed),
            Act::Pause => self.press(row, &mut is_meant, "Pause", deed),
            Act::Resume => self.press(row, &mut is_meant, "Resume", deed),
        }
    }

    /// Clicks a row once it is there; gives a picture of it as it was, in PNG. `None` if it is not there in time.
    pub(super) fn click(&mut self, choose: Choose, patience: Duration) -> Result<Option<Vec<u8>>, String> {
        let Some(row) = self.find(choose, true, patience)? else { return Ok(None) };
        let mut picture = Vec::new();
        self.screen.draw(Some(row.with_margin(MARGIN)), &mut picture)?;
        self.screen.click(row.middle())?;
        Ok(Some(picture))
    }

    /// A picture of all that there is, in PNG.
    pub(super) fn picture(&self) -> Result<Vec<u8>, String> {
        let mut picture = Vec::new();
        self.screen.draw(None, &mut picture).map(|()| picture)
    }

    /// Presses one of a row's own buttons, which are there once the pointer is, and waits until it is gone.
    fn press(&mut self, row: Area, choose: Choose, button: &str, deed: &Deed) -> Result<Option<()>, String> {
        self.screen.point_at(row.middle())?;
        let Some(area) = self.wait_until(APPEARS, |interface| interface.row_button(button))? else { return Ok(None) };
        self.note(deed, row);
        self.screen.click(area.middle())?;
        let deadline = Instant::now() + TAKES_EFFECT;
        loop {
            let gone = |interface: &mut Self| Ok(interface.row_button(button)?.is_none().then_some(()));
            if self.wait_until(BUBBLE, gone)?.is_some() {
                return Ok(Some(()));
            }
            if Instant::now() >= deadline {
                break;
            }
            // The bubble need not show what has become of a row before it is opened anew.
            if self.look(choose)?.is_open {
                self.toggle(false)?;
            }
            self.toggle(true)?;
            self.screen.point_at(row.middle())?;
        }
        Err(format!("the button {button} was pressed, and nothing shows that it had an effect"))
    }

    /// Finds a row that stays where it is; `None` if there is none. What is open already may be out of date.
    fn find(&mut self, choose: Choose, afresh: bool, patience: Duration) -> Result<Option<Area>, String> {
        let deadline = Instant::now() + patience;
        let mut is_stale = afresh;
        let mut before = None;
        while Instant::now() < deadline {
            let seen = self.look(choose)?;
            if is_stale || seen.row.is_none() {
                // The bubble shows what there was when it was opened.
                if seen.is_open {
                    self.toggle(false)?;
                }
                self.toggle(true)?;
                (is_stale, before) = (false, None);
                continue;
            }
            if seen.row == before {
                return Ok(seen.row);
            }
            before = seen.row;
            std::thread::sleep(LOOK_AGAIN);
        }
        Ok(None)
    }

    /// Looks for a row.
    fn look(&mut self, choose: Choose) -> Result<Seen, String> {
        let tree = self.widgets.tree()?;
        let rows: Vec<At> = tree.of_class(ROW).collect();
        let mut texts = Vec::new();
        for &row in &rows {
            let labels: Vec<At> = tree.within(row, "Label").collect();
            let all = self.widgets.properties(&tree, &labels)?;
            texts.push(all.into_iter().filter_map(|mut label| label.remove("Text")).collect());
        }
        match choose(&texts) {
            Some(row) => {
                let row = self.widgets.area(&tree, rows[row])?;
                Ok(Seen { is_open: row.is_some(), row })
            }
            None => Ok(Seen { is_open: self.is_drawn(&tree, &rows)?, row: None }),
        }
    }

    /// Whether the bubble is open, with something in it.
    fn is_open(&mut self) -> Result<bool, String> {
        let tree = self.widgets.tree()?;
        let rows: Vec<At> = tree.of_class(ROW).collect();
        self.is_drawn(&tree, &rows)
    }

    fn is_drawn(&mut self, tree: &Tree, rows: &[At]) -> Result<bool, String> {
        let Some(&row) = rows.first() else { return Ok(false) };
        Ok(self.widgets.area(tree, row)?.is_some())
    }

    /// Where a row's own button with this tooltip is, if there is one to be seen.
    fn row_button(&mut self, tooltip: &str) -> Result<Option<Area>, String> {
        let tree = self.widgets.tree()?;
        for row in tree.of_class(ROW) {
            let buttons: Vec<At> = tree.within(row, "ImageButton").collect();
            let all = self.widgets.properties(&tree, &buttons)?;
            for (&button, properties) in buttons.iter().zip(&all) {
                if properties.get("Tooltip").is_some_and(|text| text == tooltip) {
                    let area = self.widgets.area(&tree, button)?;
                    if area.is_some() {
                        return Ok(area);
                    }
                }
            }
        }
        Ok(None)
    }

    /// Where the toolbar's button is.
    fn button(&mut self) -> Result<Option<Area>, String> {
        if self.button.is_none() {
            let tree = self.widgets.tree()?;
            for class in ["DownloadsImageBadge", "DownloadProgressRing"] {
                let around = tree.of_class(class).find_map(|mark| tree.around(mark, "Button"));
                if let Some(button) = around {
                    self.button = self.widgets.area(&tree, button)?;
                    break;
                }
            }
        }
        Ok(self.button)
    }

    /// Presses the toolbar's button and waits until the bubble is open, or closed.
    fn toggle(&mut self, open: bool) -> Result<(), String> {
        let Some(button) = self.button()? else {
            std::thread::sleep(LOOK_AGAIN);
            return Ok(());
        };
        self.screen.click(button.middle())?;
        let is_so = self.wait_until(BUBBLE, |interface| Ok((interface.is_open()? == open).then_some(())))?;
        if is_so.is_none() {
            // It may have moved.
            self.button = None;
        }
        Ok(())
    }

    fn wait_until<T>(
        &mut self,
        patience: Duration,
        mut look: impl FnMut(&mut Self) -> Result<Option<T>, String>,
    ) -> Result<Option<T>, String> {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(seen) = look(self)? {
                return Ok(Some(seen));
            }
            if Instant::now() >= deadline {
                return Ok(None);
            }
            std::thread::sleep(LOOK_AGAIN);
        }
    }

    /// Notes what is done, with a picture of the row that it is done to.
    fn note(&self, deed: &Deed, row: Area) {
        self.evidence.note(deed, true, |file| self.screen.picture(Some(row.with_margin(MARGIN)), file));
    }

    /// Notes what could not be done, with a picture of all that there is.
    fn note_missing(&self, deed: &Deed) -> Option<String> {
        self.evidence.note(deed, false, |file| self.screen.picture(None, file))
    }
}

//! The widgets of Chromium's own windows, as `--enable-ui-devtools` tells of them.
//!
//! It speaks the DevTools protocol over a tree of windows, widgets and views. A view says where it is within its parent.

use std::collections::HashMap;
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use tungstenite::{Message, WebSocket};

use super::screen::Area;

/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(5);

/// How long the door may take to be there.
const DOOR: Duration = Duration::from_secs(30);

/// The connection to the widgets of one browser.
pub(super) struct Widgets {
    socket: WebSocket<TcpStream>,
    last: u64,
}

/// The tree as it was at one moment.
pub(super) struct Tree {
    nodes: Vec<Node>,
}

struct Node {
    id: i64,
    parent: Option<usize>,
    is_view: bool,
    class: String,
}

/// A node of a tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct At(usize);

/// What a node says of itself.
pub(super) type Properties = HashMap<String, String>;

/// A port that nobody listens on. The browser takes it in a moment; if somebody else is quicker, no widgets are found.
pub(super) fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

impl Widgets {
    /// Opens the door at this port, once it is there.
    pub(super) fn open(port: u16) -> Result<Self, String> {
        let deadline = Instant::now() + DOOR;
        let stream = loop {
            match TcpStream::connect(("127.0.0.1", port)) {
                Ok(stream) => break stream,
                Err(error) if Instant::now() >= deadline => return Err(format!("no widgets at port {port}: {error}")),
                Err(_) => std::thread::sleep(Duration::from_millis(20)),
            }
        };
        stream.set_read_timeout(Some(ANSWER)).map_err(|error| error.to_string())?;
        let address = format!("ws://127.0.0.1:{port}/0");
        let (socket, _) = tungstenite::client(address, stream).map_err(|error| error.to_string())?;
        let mut widgets = Widgets { socket, last: 0 };
        widgets.call("DOM.enable", &json!({}))?;
        Ok(widgets)
    }

    fn call(&mut self, method: &str, parameters: &Json) -> Result<Json, String> {
        self.last += 1;
        let message = json!({ "id": self.last, "method": method, "params": parameters });
        self.socket.send(Message::text(message.to_string())).map_err(|error| error.to_string())?;
        loop {
            let message = self.socket.read().map_err(|error| format!("the widgets do not answer: {error}"))?;
            let Message::Text(text) = message else { continue };
            let answer: Json = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            if answer["id"] == self.last {
                return match answer.get("error") {
                    Some(error) => Err(format!("{method}: {error}")),
                    None => Ok(answer["result"].clone()),
                };
            }
        }
    }

    /// The tree as it is now.
    pub(super) fn tree(&mut self) -> Result<Tree, String> {
        let document = self.call("DOM.getDocument", &json!({}))?;
        let mut tree = Tree { nodes: Vec::new() };
        tree.add(&document["root"], None);
        Ok(tree)
    }

    /// What a node says of itself; nothing if it is gone.
    pub(super) fn properties(&mut self, tree: &Tree, At(at): At) -> Result<Properties, String> {
        let asked = self.call("CSS.getMatchedStylesForNode", &json!({ "nodeId": tree.nodes[at].id }));
        let mut properties = Properties::new();
        let rules = asked.as_ref().map_or(&Json::Null, |styles| &styles["matchedCSSRules"]);
        for rule in rules.as_array().into_iter().flatten() {
            for property in rule["rule"]["style"]["cssProperties"].as_array().into_iter().flatten() {
                if let (Some(name), Some(value)) = (property["name"].as_str(), property["value"].as_str()) {
                    properties.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        // A node that went away between two questions is no fault; a door that does is one.
        match asked {
            Err(error) if error.starts_with("the widgets") => Err(error),
            _ => Ok(properties),
        }
    }

    /// Where a view is on the display; `None` where it is not drawn or gone.
    pub(super) fn area(&mut self, tree: &Tree, view: At) -> Result<Option<Area>, String> {
        let own = self.properties(tree, view)?;
        if !is_drawn(&own) {
            return Ok(None);
        }
        let (Some(width), Some(height)) = (number(&own, "Width"), number(&own, "Height")) else { return Ok(None) };
        let (mut x, mut y) = (0, 0);
        let mut next = Some(view);
        while let Some(at) = next {
            let properties = self.properties(tree, at)?;
            if tree.nodes[at.0].is_view {
                let (Some(left), Some(top)) = (number(&properties, "X"), number(&properties, "Y")) else {
                    return Ok(None);
                };
                (x, y) = (x + left, y + top);
            } else {
                let Some((left, top)) = origin(&properties) else { return Ok(None) };
                (x, y) = (x + left, y + top);
                break;
            }
            next = tree.nodes[at.0].parent.map(At);
        }
        let area = || {
            Some(Area {
                x: i16::try_from(x).ok()?,
                y: i16::try_from(y).ok()?,
                width: u16::try_from(width).ok()?,
                height: u16::try_from(height).ok()?,
            })
        };
        Ok(area().filter(|area| area.width > 0 && area.height > 0))
    }
}

/// Whether a view is to be seen.
pub(super) fn is_drawn(properties: &Properties) -> bool {
    properties.get("IsDrawn").is_some_and(|is| is == "true")
}

fn number(properties: &Properties, name: &str) -> Option<i64> {
    properties.get(name)?.parse().ok()
}

/// Where a widget's content begins: its bounds read `x,y WxH`.
fn origin(properties: &Properties) -> Option<(i64, i64)> {
    let (place, _) = properties.get("ClientAreaBoundsInScreen")?.split_once(' ')?;
    let (x, y) = place.split_once(',')?;
    Some((x.parse().ok()?, y.parse().ok()?))
}

impl Tree {
    fn add(&mut self, node: &Json, parent: Option<usize>) {
        let index = self.nodes.len();
        let attributes = node["attributes"].as_array();
        let mut words = attributes.into_iter().flatten().filter_map(Json::as_str);
        // Attributes come as names and values in turn.
        let class = words.by_ref().find(|word| *word == "class").and_then(|_| words.next()).unwrap_or_default();
        self.nodes.push(Node {
            id: node["nodeId"].as_i64().unwrap_or_default(),
            parent,
            is_view: node["nodeName"] == "View",
            class: class.to_owned(),
        });
        for child in node["children"].as_array().into_iter().flatten() {
            self.add(child, Some(index));
        }
    }

    /// The nodes of a class.
    pub(super) fn of_class<'a>(&'a self, class: &'a str) -> impl Iterator<Item = At> + 'a {
        (0..self.nodes.len()).filter(move |&index| self.nodes[index].class == class).map(At)
    }

    /// The nearest node around this one whose class ends so.
    pub(super) fn around(&self, At(at): At, class_ends: &str) -> Option<At> {
        let parents = std::iter::successors(self.nodes[at].parent, |&index| self.nodes[index].parent);
        parents.into_iter().find(|&index| self.nodes[index].class.ends_with(class_ends)).map(At)
    }

    /// The nodes of a class within this one.
    pub(super) fn within<'a>(&'a self, at: At, class: &'a str) -> impl Iterator<Item = At> + 'a {
        self.of_class(class).filter(move |&At(inner)| {
            std::iter::successors(Some(inner), |&index| self.nodes[index].parent).any(|index| At(index) == at)
        })
    }
}

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
        let answer = self.call_all(method, std::slice::from_ref(parameters))?.pop();
        answer.unwrap_or_else(|| Err(format!("{method}: no answer")))
    }

    /// Calls a method several times at once: a browser that is busy takes its time for each, and so does them one after the other
    /// without being waited for in between. A call that failed has its reason in its place.
    fn call_all(&mut self, method: &str, parameters: &[Json]) -> Result<Vec<Result<Json, String>>, String> {
        let first = self.last + 1;
        for parameters in parameters {
            self.last += 1;
            let message = json!({ "id": self.last, "method": method, "params": parameters });
            self.socket.send(Message::text(message.to_string())).map_err(|error| error.to_string())?;
        }
        let mut answers = HashMap::new();
        while answers.len() < parameters.len() {
            let message = self.socket.read().map_err(|error| format!("the widgets do not answer: {error}"))?;
            let Message::Text(text) = message else { continue };
            let mut answer: Json = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            if let Some(id) = answer["id"].as_u64().filter(|id| *id >= first) {
                let result = match answer.get("error") {
                    Some(error) => Err(format!("{method}: {error}")),
                    None => Ok(answer["result"].take()),
                };
                answers.insert(id, result);
            }
        }
        Ok((first..=self.last).filter_map(|id| answers.remove(&id)).collect())
    }

    /// The tree as it is now.
    pub(super) fn tree(&mut self) -> Result<Tree, String> {
        let document = self.call("DOM.getDocument", &json!({}))?;
        let mut tree = Tree { nodes: Vec::new() };
        tree.add(&document["root"], None);
        Ok(tree)
    }

    /// What nodes say of themselves; nothing of one that went away meanwhile.
    pub(super) fn properties(&mut self, tree: &Tree, nodes: &[At]) -> Result<Vec<Properties>, String> {
        let asked: Vec<Json> = nodes.iter().map(|&At(at)| json!({ "nodeId": tree.nodes[at].id })).collect();
        let answers = self.call_all("CSS.getMatchedStylesForNode", &asked)?;
        Ok(answers.iter().map(|styles| styles.as_ref().map(properties_in).unwrap_or_default()).collect())
    }

    /// Where a view is on the display; `None` where it is not drawn or gone.
    pub(super) fn area(&mut self, tree: &Tree, view: At) -> Result<Option<Area>, String> {
        // The view, all around it, and the widget that it is in.
        let mut chain = vec![view];
        while let Some(&At(last)) = chain.last()
            && tree.nodes[last].is_view
            && let Some(parent) = tree.nodes[last].parent
        {
            chain.push(At(parent));
        }
        let all = self.properties(tree, &chain)?;
        let Some(own) = all.first().filter(|own| is_drawn(own)) else { return Ok(None) };
        let (Some(width), Some(height)) = (number(own, "Width"), number(own, "Height")) else { return Ok(None) };
        let (mut x, mut y) = (0, 0);
        for (&At(at), properties) in chain.iter().zip(&all) {
            let place = if tree.nodes[at].is_view {
                number(properties, "X").zip(number(properties, "Y"))
            } else {
                origin(properties)
            };
            let Some((left, top)) = place else { return Ok(None) };
            (x, y) = (x + left, y + top);
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

fn properties_in(styles: &Json) -> Properties {
    let mut properties = Properties::new();
    for rule in styles["matchedCSSRules"].as_array().into_iter().flatten() {
        for property in rule["rule"]["style"]["cssProperties"].as_array().into_iter().flatten() {
            if let (Some(name), Some(value)) = (property["name"].as_str(), property["value"].as_str()) {
                properties.insert(name.to_owned(), value.to_owned());
            }
        }
    }
    properties
}

/// Whether a view is to be seen.
fn is_drawn(properties: &Properties) -> bool {
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

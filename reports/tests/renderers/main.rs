//! What the renderers of a report promise, over a small report made by hand.

mod badge;
mod difference;
mod fixture;
mod gates;
mod html;
mod javascript;
mod json;
mod junit;
mod markdown;
mod published;
mod report;
mod store;
mod stored;
mod text;
mod trace;
mod wptreport;

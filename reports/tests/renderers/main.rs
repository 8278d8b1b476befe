//! What the renderers of a report promise, over a small report made by hand.

mod fixture;
mod html;
mod javascript;
mod json;
mod markdown;
mod published;
mod report;
mod store;
mod stored;
mod text;
mod trace;

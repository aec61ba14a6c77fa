//! What is visible and touchable, for programs that drive the real window: a walk over the widget
//! tree and a JSON file of its result. Written only where the configuration names a file.

use std::io::Write as _;
use std::path::Path;

use iced::advanced::widget::operation::Outcome;
use iced::advanced::widget::{Id, Operation};
use iced::{Rectangle, Task};
use serde::{Deserialize, Serialize};

use super::target::Touchable;

/// The screen as published.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TouchMap {
    /// The screen's name, for example `idle`.
    pub screen: String,
    /// Rises with every map of this run.
    pub sequence: u64,
    /// What can be touched.
    pub targets: Vec<TargetEntry>,
    /// Every text that is drawn, in the order of drawing.
    pub texts: Vec<String>,
}

/// One touchable thing, in physical pixels from the window's upper left corner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TargetEntry {
    /// Stable name.
    pub id: String,
    /// What it says to people.
    pub label: String,
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Whether touching it does something now.
    pub enabled: bool,
}

/// Walks the screen as it is laid out now. `pixels_per_unit` is the window's scale factor.
pub fn collect(screen: String, sequence: u64, pixels_per_unit: f32) -> Task<TouchMap> {
    iced::advanced::widget::operate(Collector::new(screen, sequence, pixels_per_unit))
}

/// Replaces the file in one step, so that a reader never sees half a map.
///
/// # Errors
/// What the file system says.
pub fn write(map: &TouchMap, path: &Path) -> std::io::Result<()> {
    let partial = path.with_extension("partial");
    let mut file = std::fs::File::create(&partial)?;
    file.write_all(&serde_json::to_vec(map)?)?;
    std::fs::rename(partial, path)
}

/// The operation behind [`collect`].
pub struct Collector {
    map: TouchMap,
    pixels_per_unit: f32,
}

impl Collector {
    /// An operation that fills a map of this name and number.
    #[must_use]
    pub fn new(screen: String, sequence: u64, pixels_per_unit: f32) -> Self {
        Self {
            map: TouchMap {
                screen,
                sequence,
                ..TouchMap::default()
            },
            pixels_per_unit,
        }
    }
}

impl Operation<TouchMap> for Collector {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<TouchMap>)) {
        operate(self);
    }

    fn text(&mut self, _id: Option<&Id>, _bounds: Rectangle, text: &str) {
        self.map.texts.push(text.to_owned());
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn std::any::Any) {
        if let Some(touchable) = state.downcast_ref::<Touchable>() {
            let scale = self.pixels_per_unit;
            self.map.targets.push(TargetEntry {
                id: touchable.id.clone(),
                label: touchable.label.clone(),
                x: bounds.x * scale,
                y: bounds.y * scale,
                width: bounds.width * scale,
                height: bounds.height * scale,
                enabled: touchable.enabled,
            });
        }
    }

    fn finish(&self) -> Outcome<TouchMap> {
        Outcome::Some(self.map.clone())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects whoever drives the window: the file holds what was published and nothing is left over.
    #[test]
    fn a_map_reads_back() {
        let folder = std::env::temp_dir().join(format!("touch-map-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("map.json");
        let map = TouchMap {
            screen: "idle".to_owned(),
            sequence: 7,
            targets: vec![TargetEntry {
                id: "idle.book".to_owned(),
                label: "預約疫苗".to_owned(),
                x: 1.0,
                y: 2.0,
                width: 3.0,
                height: 4.0,
                enabled: true,
            }],
            texts: vec!["預約疫苗".to_owned()],
        };
        write(&map, &path).unwrap();
        let read: TouchMap = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        assert_eq!(read, map);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

//! Sizes people can rely on: millimetres on the glass, whatever the panel's pixels.

/// The lowest button for the main thing to do.
pub const PRIMARY_HEIGHT_MM: f32 = 22.0;
/// Nothing touchable is smaller, in either direction.
pub const LEAST_TARGET_MM: f32 = 12.7;
/// The least gap between two touchable things.
pub const LEAST_GAP_MM: f32 = 3.0;

/// The shorter side of the panel the screens are designed for.
const DESIGNED_FOR_MM: f32 = 268.0;

/// A panel: its pixels and the size of its glass.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Panel {
    width_px: f32,
    height_px: f32,
    px_per_mm: f32,
}

/// Sizes that belong to no panel this program can draw on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PanelError {
    /// A side outside 320 to 8192 pixels or 100 to 3000 mm.
    #[error("a panel has sides of 320 to 8192 pixels and 100 to 3000 mm")]
    Side,
    /// Width and height give different densities: the two sizes are of different panels, or turned.
    #[error("the panel's width and height in pixels and in mm do not fit together (is it turned?)")]
    NotSquare,
}

impl Panel {
    /// A panel from its pixels and its size in millimetres.
    ///
    /// # Errors
    /// [`PanelError`] when there is no such panel.
    pub fn new(
        (width_px, height_px): (u16, u16),
        (width_mm, height_mm): (u16, u16),
    ) -> Result<Self, PanelError> {
        let pixels = 320..=8192;
        let millimetres = 100..=3000;
        if !(pixels.contains(&width_px)
            && pixels.contains(&height_px)
            && millimetres.contains(&width_mm)
            && millimetres.contains(&height_mm))
        {
            return Err(PanelError::Side);
        }
        let across = f32::from(width_px) / f32::from(width_mm);
        let down = f32::from(height_px) / f32::from(height_mm);
        if (across / down - 1.0).abs() > 0.05 {
            return Err(PanelError::NotSquare);
        }
        Ok(Self {
            width_px: f32::from(width_px),
            height_px: f32::from(height_px),
            px_per_mm: across.min(down),
        })
    }

    /// A 21.5 inch panel, upright: what most kiosks have.
    #[must_use]
    pub const fn upright() -> Self {
        Self {
            width_px: 1080.0,
            height_px: 1920.0,
            px_per_mm: 4.03,
        }
    }

    /// The same glass drawn with fewer or more pixels.
    #[must_use]
    pub fn scaled(self, factor: f32) -> Self {
        Self {
            width_px: self.width_px * factor,
            height_px: self.height_px * factor,
            px_per_mm: self.px_per_mm * factor,
        }
    }

    /// Millimetres as pixels.
    #[must_use]
    pub fn px(&self, millimetres: f32) -> f32 {
        millimetres * self.px_per_mm
    }

    /// Width in pixels.
    #[must_use]
    pub const fn width_px(&self) -> f32 {
        self.width_px
    }

    /// Height in pixels.
    #[must_use]
    pub const fn height_px(&self) -> f32 {
        self.height_px
    }

    /// Width in millimetres.
    #[must_use]
    pub fn width_mm(&self) -> f32 {
        self.width_px / self.px_per_mm
    }

    /// Height in millimetres.
    #[must_use]
    pub fn height_mm(&self) -> f32 {
        self.height_px / self.px_per_mm
    }

    /// How much larger than a 21.5 inch panel it is by its shorter side, between 1 and 1.6.
    #[must_use]
    pub fn growth(&self) -> f32 {
        (self.width_mm().min(self.height_mm()) / DESIGNED_FOR_MM).clamp(1.0, 1.6)
    }

    /// Whether it stands upright.
    #[must_use]
    pub fn is_upright(&self) -> bool {
        self.height_px > self.width_px
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects every size on the screen: the same millimetres on any density, and no panel whose
    /// numbers contradict each other.
    #[test]
    fn millimetres_hold_on_every_panel() {
        let upright = Panel::new((1080, 1920), (268, 476)).unwrap();
        assert!((upright.px(10.0) - 40.3).abs() < 0.2);
        let lying = Panel::new((1920, 1080), (598, 336)).unwrap();
        assert!((lying.px(10.0) - 32.1).abs() < 0.2);
        assert!(upright.is_upright() && !lying.is_upright());
        assert_eq!(
            Panel::new((1920, 1080), (268, 476)),
            Err(PanelError::NotSquare)
        );
        assert_eq!(Panel::new((0, 1080), (268, 476)), Err(PanelError::Side));
        assert!((upright.growth() - 1.0).abs() < 0.01);
        let large = Panel::new((1080, 1920), (336, 597)).unwrap();
        assert!((large.growth() - 1.25).abs() < 0.01);
        assert!((upright.scaled(0.5).width_mm() - upright.width_mm()).abs() < 0.01);
    }
}

//! Card readers on USB as the kernel lists them, and which of them `pcscd`'s driver can know.

use std::path::Path;

/// The USB class of smart card readers (CCID).
const CCID: &str = "0b";

/// Classes of what is no card reader whoever made it: hubs, disks, keyboards.
const OTHER_CLASSES: &[&str] = &["03", "08", "09"];

/// Vendors of card readers whose older or own-protocol models are no CCID devices.
const READER_VENDORS: &[u16] = &[
    0x04E6, // SCM, Identiv
    0x072F, // ACS
    0x076B, // OmniKey
    0x08E6, // Gemplus, Gemalto
    0x0973, // Schlumberger
    0x09C3, // ActivCard
    0x0C4B, // Reiner SCT
    0x0CA6, // Castles: EZ100PU, common in Taiwan, is 0CA6:0010
    0x0D46, // KOBIL
    0x0DC3, // Athena, Towitoko
];

/// One device on USB that reads cards, or is by a maker of card readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsbReader {
    /// The maker's number.
    pub vendor: u16,
    /// The model's number.
    pub product: u16,
    /// What the device calls itself.
    pub name: Option<String>,
    /// Whether it is a CCID device, the only kind `libccid` drives.
    pub is_ccid: bool,
}

/// The readers under this folder, in order of their places; nothing where there is no USB.
pub(super) fn readers(devices: &Path) -> Vec<UsbReader> {
    let Ok(entries) = std::fs::read_dir(devices) else {
        return Vec::new();
    };
    let mut folders: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    folders.sort();
    folders.iter().filter_map(|folder| reader(folder)).collect()
}

fn reader(folder: &Path) -> Option<UsbReader> {
    let vendor = u16::from_str_radix(&attribute(folder, "idVendor")?, 16).ok()?;
    let product = u16::from_str_radix(&attribute(folder, "idProduct")?, 16).ok()?;
    let name = attribute(folder, "product").filter(|name| !name.is_empty());
    let classes = interface_classes(folder);
    let is_ccid = classes.iter().any(|class| class == CCID);
    let is_other = || {
        let class = |class: &String| OTHER_CLASSES.contains(&class.as_str());
        classes.iter().all(class)
    };
    let names_itself = || {
        name.as_ref().is_some_and(|name| {
            let name = name.to_ascii_lowercase().replace(' ', "");
            name.contains("smartcard") || name.contains("ez100")
        })
    };
    let is_reader =
        is_ccid || (!is_other() && (READER_VENDORS.contains(&vendor) || names_itself()));
    is_reader.then_some(UsbReader {
        vendor,
        product,
        name,
        is_ccid,
    })
}

/// The interfaces lie in folders of the device named after it: `1-2/1-2:1.0`.
fn interface_classes(device: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(device).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| attribute(&entry.path(), "bInterfaceClass"))
        .collect()
}

fn attribute(folder: &Path, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(folder.join(name)).ok()?;
    Some(text.trim().to_owned())
}

/// The vendor and product numbers a driver's `Info.plist` lists; `pcscd` gives it no others.
pub(super) fn known_to_driver(plist: &str) -> Vec<(u16, u16)> {
    let list = |key: &str| -> Vec<u16> {
        let after = plist.split_once(&format!("<key>{key}</key>"));
        let array = after
            .and_then(|(_, rest)| rest.split_once("</array>"))
            .map_or("", |(array, _)| array);
        array
            .split("<string>0x")
            .skip(1)
            .map(|text| {
                let digits = text.split_once('<').map_or("", |(digits, _)| digits);
                u16::from_str_radix(digits, 16).unwrap_or_default()
            })
            .collect()
    };
    list("ifdVendorID")
        .into_iter()
        .zip(list("ifdProductID"))
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
pub(super) mod tests {
    use super::*;
    use std::path::PathBuf;

    /// Lays a device out as the kernel does; removed when dropped.
    pub(crate) struct Bus(PathBuf);

    impl Bus {
        pub(crate) fn new(test: &str) -> Self {
            let path = std::env::temp_dir().join(format!("card-usb-{test}-{}", std::process::id()));
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        pub(crate) fn plug(self, place: &str, id: (&str, &str), name: &str, class: &str) -> Self {
            let device = self.0.join(place);
            let interface = device.join(format!("{place}:1.0"));
            std::fs::create_dir_all(&interface).unwrap();
            for (file, text) in [("idVendor", id.0), ("idProduct", id.1), ("product", name)] {
                std::fs::write(device.join(file), format!("{text}\n")).unwrap();
            }
            std::fs::write(interface.join("bInterfaceClass"), format!("{class}\n")).unwrap();
            // The kernel lists interfaces beside the devices too.
            std::fs::create_dir_all(self.0.join(format!("{place}:1.0"))).unwrap();
            self
        }

        pub(crate) fn path(&self) -> &Path {
            &self.0
        }
    }

    impl Drop for Bus {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    /// Protects the shop whose reader can never work here: it is found among what else is plugged
    /// in, and told from one that can.
    #[test]
    fn readers_are_found_among_other_devices() {
        let bus = Bus::new("found")
            .plug("1-1", ("0ca6", "0010"), "EZ100PU", "00")
            .plug("1-2", ("058f", "9540"), "EMV Smartcard Reader", "0b")
            .plug("1-3", ("1234", "0001"), "Smart Card Thing", "ff")
            .plug("1-4", ("0ca6", "00ff"), "Disk with a slot", "08")
            .plug("1-5", ("04b8", "0e15"), "TM-T20II", "07")
            .plug("usb1", ("1d6b", "0002"), "xHCI Host Controller", "09");
        let found: Vec<_> = readers(bus.path())
            .into_iter()
            .map(|reader| (reader.vendor, reader.product, reader.is_ccid))
            .collect();
        let expected = [
            (0x0CA6, 0x0010, false),
            (0x058F, 0x9540, true),
            (0x1234, 0x0001, false),
        ];
        assert_eq!(found, expected);
        assert_eq!(readers(Path::new("/nonexistent")), []);
    }

    /// Protects the technician from a list read wrongly: pairs stay pairs.
    #[test]
    fn a_drivers_list_is_read() {
        let plist = "<key>ifdVendorID</key>\n<array>\n<string>0x072F</string>\n<string>0x0CA6</string>\n</array>\
                     <key>ifdProductID</key><array><string>0x90CC</string><string>0x00A0</string></array>";
        assert_eq!(known_to_driver(plist), [(0x072F, 0x90CC), (0x0CA6, 0x00A0)]);
        assert_eq!(known_to_driver(""), []);
    }
}

//! A USB bus of the test's own, as `pcscd` sees it through libudev: a `/sys` with what it asks for,
//! and the kernel's messages of devices that come and go, on a netlink socket in the test's own network
//! namespace. Nothing of `pcscd` or libudev is replaced.

use std::fs::{create_dir_all, read_dir, read_link, remove_dir_all, write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::mount::{MountFlags, mount, mount_bind, mount_bind_recursive};
use rustix::net::netlink::{KOBJECT_UEVENT, SocketAddrNetlink};
use rustix::net::{AddressFamily, SendFlags, SocketType, sendto, socket};

const DEVICE: &str = "/devices/usb1/1-1";
const INTERFACE: &str = "/devices/usb1/1-1/1-1:1.0";
const BUS: &str = "/sys/bus/usb/devices";
/// Made up; only the driver laid here knows it.
const VENDOR: &str = "f1d0";
const PRODUCT: &str = "0001";
/// Where udev tells what the kernel told it; libudev takes the kernel's own form there too.
const UDEV_GROUP: u32 = 2;
/// libudev takes it as the sign that devices are told at all.
const UDEV_RUNS: &str = "/run/udev/control";
const DRIVERS: &str = "/usr/lib/pcsc/drivers";
const SERIAL_DRIVER: &str = "/usr/lib/pcsc/drivers/serial/libccidtwin.so";

pub(super) struct Bus {
    kernel: OwnedFd,
    messages: AtomicU32,
}

impl Bus {
    /// A bus with nothing on it, and a driver for what will be plugged in.
    pub(super) fn lay() -> Self {
        lay_driver();
        create_dir_all(Path::new(UDEV_RUNS).parent().unwrap()).unwrap();
        write(UDEV_RUNS, "").unwrap();
        mount("tmpfs", "/sys", "tmpfs", MountFlags::empty(), None).unwrap();
        create_dir_all(BUS).unwrap();
        create_dir_all("/sys/devices").unwrap();
        Self {
            kernel: socket(
                AddressFamily::NETLINK,
                SocketType::RAW,
                Some(KOBJECT_UEVENT),
            )
            .unwrap(),
            messages: AtomicU32::new(1),
        }
    }

    /// `pcscd`, told that this `/sys` is another file system, where the driver finds this line.
    ///
    /// `pcscd` names the device `usb:VVVV/PPPP:…` and works in `/`; the driver takes what stands before
    /// the first colon as the path of its line. So `pcscd` gets a `/` with one thing more in it.
    pub(super) fn pcscd(&self, line: &Path) -> Command {
        let root = Path::new("/run/plug/root");
        create_dir_all(root).unwrap();
        for entry in read_dir("/").unwrap().map(Result::unwrap) {
            let (from, to) = (entry.path(), root.join(entry.file_name()));
            let kind = entry.file_type().unwrap();
            if kind.is_symlink() {
                symlink(read_link(from).unwrap(), to).unwrap();
            } else if kind.is_dir() {
                create_dir_all(&to).unwrap();
                mount_bind_recursive(from, to).unwrap();
            }
        }
        symlink(line, root.join("usb")).unwrap();
        let mut pcscd = Command::new("chroot");
        pcscd
            .arg(root)
            .arg("pcscd")
            .env("SYSTEMD_DEVICE_VERIFY_SYSFS", "0");
        pcscd
    }

    pub(super) fn plug_in(&self) {
        let device = Path::new("/sys").join(&DEVICE[1..]);
        let interface = Path::new("/sys").join(&INTERFACE[1..]);
        create_dir_all(&interface).unwrap();
        for (file, text) in [
            (
                "uevent",
                "MAJOR=189\nMINOR=1\nDEVNAME=bus/usb/001/002\nDEVTYPE=usb_device\n",
            ),
            ("idVendor", VENDOR),
            ("idProduct", PRODUCT),
        ] {
            write(device.join(file), text).unwrap();
        }
        write(interface.join("uevent"), "DEVTYPE=usb_interface\n").unwrap();
        write(interface.join("bInterfaceNumber"), "00\n").unwrap();
        symlink("../../../bus/usb", device.join("subsystem")).unwrap();
        symlink("../../../../bus/usb", interface.join("subsystem")).unwrap();
        let bus = Path::new(BUS);
        symlink("../../../devices/usb1/1-1", bus.join("1-1")).unwrap();
        symlink("../../../devices/usb1/1-1/1-1:1.0", bus.join("1-1:1.0")).unwrap();
        self.tell("add");
    }

    pub(super) fn pull_out(&self) {
        remove_dir_all(BUS).unwrap();
        create_dir_all(BUS).unwrap();
        remove_dir_all("/sys/devices/usb1").unwrap();
        self.tell("remove");
    }

    fn tell(&self, action: &str) {
        let number = self.messages.fetch_add(1, Ordering::AcqRel);
        let message = format!(
            "{action}@{INTERFACE}\0ACTION={action}\0DEVPATH={INTERFACE}\0SUBSYSTEM=usb\0\
             DEVTYPE=usb_interface\0SEQNUM={number}\0"
        );
        let everybody = SocketAddrNetlink::new(0, UDEV_GROUP);
        sendto(
            &self.kernel,
            message.as_bytes(),
            SendFlags::empty(),
            &everybody,
        )
        .unwrap();
    }
}

/// The one driver `pcscd` shall know: Debian's for CCID readers on a serial line, for this device. The
/// readers that are there from the start are left out.
fn lay_driver() {
    let drivers = Path::new("/run/plug/drivers");
    let contents = drivers.join("plug.bundle/Contents");
    create_dir_all(contents.join("Linux")).unwrap();
    std::fs::copy(SERIAL_DRIVER, contents.join("Linux/driver.so")).expect("libccid is installed");
    let list = format!(
        r#"<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>driver.so</string>
<key>ifdVendorID</key><array><string>0x{VENDOR}</string></array>
<key>ifdProductID</key><array><string>0x{PRODUCT}</string></array>
<key>ifdFriendlyName</key><array><string>Reader On A Cable</string></array>
</dict></plist>"#
    );
    write(contents.join("Info.plist"), list).unwrap();
    mount_bind(drivers, DRIVERS).unwrap();
    let nothing = Path::new("/run/plug/nothing");
    create_dir_all(nothing).unwrap();
    mount_bind(nothing, "/etc/reader.conf.d").unwrap();
}

# What the slips say, in Bahasa Indonesia. On paper the Chinese stands beside it.

## Dates and times

slip-date = { $weekday }, { $day } { $month-name } { $year }
slip-moment = { $day } { $month-name } { $year }, { $time }
slip-range-morning = { $start } - { $end }
slip-range-afternoon = { $start } - { $end }
slip-weekday-1 = Senin
slip-weekday-2 = Selasa
slip-weekday-3 = Rabu
slip-weekday-4 = Kamis
slip-weekday-5 = Jumat
slip-weekday-6 = Sabtu
slip-weekday-7 = Minggu
slip-month-1 = Januari
slip-month-2 = Februari
slip-month-3 = Maret
slip-month-4 = April
slip-month-5 = Mei
slip-month-6 = Juni
slip-month-7 = Juli
slip-month-8 = Agustus
slip-month-9 = September
slip-month-10 = Oktober
slip-month-11 = November
slip-month-12 = Desember

## On every slip

slip-reprint = SALINAN No. { $count }
slip-person-number = No. identitas
slip-name = Nama
slip-mobile = Ponsel
slip-completed = Selesai
slip-round = Putaran
slip-help-title = Perlu bantuan?
slip-help-vaccine = Vaksin: 1922
slip-help-nhi = Asuransi kesehatan: 0800-030-598
slip-help-nhi-local = atau 4128-678
slip-help-nhi-mobile = dari ponsel 02-4128-678
slip-help-fraud = Penipuan: 165
slip-fraud = Kami tidak pernah meminta Anda mentransfer uang lewat telepon atau SMS. Jika ragu, telepon 165.
slip-printed = { $place }  { $terminal }
slip-printed-at = Dicetak { $moment }

## Booking confirmed (V8)

slip-booking-kind = Janji vaksinasi
slip-booking-title = Janji temu berhasil
slip-booking-number = Nomor janji temu
slip-booking-site = Tempat
slip-booking-address = Alamat
slip-booking-brand = Vaksin
slip-booking-bring = Bawa kartu asuransi kesehatan, kartu identitas, dan slip ini. Datanglah tepat waktu.
slip-booking-cancel-title = Ingin membatalkan?
slip-booking-cancel = Mesin di toko tidak dapat membatalkan. Selama masa pendaftaran dibuka, batalkan di salah satu tempat ini: { $places }.
slip-booking-notice = Pesan dari tempat vaksinasi

## Booking pending: no place yet

slip-pending-kind = Permohonan janji vaksinasi
slip-pending-title = Diterima, belum pasti
slip-pending-number = Nomor permohonan
slip-pending-no-place = Ini BELUM janji temu yang pasti. Belum ada tempat untuk Anda. Tunggu jawaban; jangan datang dulu ke tempat vaksinasi.
slip-pending-wanted = Waktu yang Anda minta
slip-pending-how-title = Bagaimana saya tahu hasilnya?
slip-pending-when = Permohonan Anda diproses begitu mesin tersambung kembali.
slip-pending-how-text = 1. SMS: jawaban dikirim ke ponsel Anda.
slip-pending-how-phone = 2. Telepon: hubungi 1922.
slip-pending-how-card = 3. Kartu asuransi kesehatan: masukkan ke mesin mana pun.

## Willingness registered (V4)

slip-willingness-kind = Pendaftaran vaksinasi
slip-willingness-title = Pendaftaran selesai
slip-willingness-number = Nomor pendaftaran
slip-willingness-no-order = Nomor ini bukan nomor antrean. Mendaftar lebih awal atau lebih akhir tidak berpengaruh.
slip-willingness-area = Wilayah
slip-willingness-brands = Vaksin diterima
slip-willingness-next-title = Selanjutnya
slip-willingness-next = Bila giliran kelompok usia atau kategori Anda tiba, Anda menerima SMS. Setelah itu pilih waktu dan tempat.

## Mask pickup (M12–M15)

slip-pickup-kind = Slip pengambilan masker
slip-pickup-title = Slip pengambilan masker
slip-pickup-number = Nomor slip
slip-pickup-until = Hari terakhir pengambilan
slip-pickup-hours-title = Slip ini berlaku sampai
slip-pickup-hours = Setelah itu, cetak lagi; nomornya tetap sama.
slip-pickup-goods = Barang
slip-pickup-goods-value = { $count } masker dewasa
slip-pickup-price = Harga
slip-pickup-price-value = NT${ $price } (sudah dibayar)
slip-pickup-bring = Bawa slip ini dan kartu identitas (KTP, kartu asuransi kesehatan, atau SIM) ke kasir. Mengambil untuk orang lain: bawa identitas kedua orang.
slip-pickup-once = Satu slip untuk satu kali pengambilan. Salinan bernomor sama; yang terbaru yang berlaku.
slip-pickup-late = Setelah hari terakhir: tidak bisa diambil dan uang tidak kembali.
slip-pickup-exchange = Masker rusak ditukar langsung di tempat, hanya satu set utuh ({ $count } lembar).
slip-pickup-clerk = Untuk kasir: pindai ketiganya berurutan
slip-pickup-code-1 = 1
slip-pickup-code-2 = 2
slip-pickup-code-3 = 3

## Mask order (M1, M6–M9)

slip-order-kind = Pesanan masker
slip-order-title = Pesanan masker dicatat
slip-order-pending-title = Diterima, belum pasti
slip-order-pending = Ini BELUM pesanan. Jawaban dikirim lewat SMS. Anda juga bisa memasukkan kartu di mesin mana pun atau menelepon 1922.
slip-order-number = Nomor pesanan
slip-order-replaces = Ini menggantikan pesanan Anda sebelumnya. Hanya yang ini berlaku.
slip-order-pay-title = Bayar dalam waktu ini
slip-order-from = dari { $moment }
slip-order-until = sampai { $moment }
slip-order-pay = Bayar dengan transfer bank, ATM, atau kartu. Jika tidak dibayar, pesanan batal.
slip-order-pickup = Pengambilan
slip-order-pickup-value = { $from } sampai { $until }
slip-order-store = Toko
slip-order-price = Harga
slip-order-price-value = NT${ $price } (dengan ongkos kirim)
slip-order-lottery = Bila pesanan terlalu banyak, diadakan undian. Hasilnya diberitahukan kepada Anda.
slip-order-final = Setelah dibayar: tidak bisa batal, uang kembali, atau ganti toko.

## Look-up (V11, M10, M16)

slip-lookup-kind = Pencarian
slip-lookup-title = Hasil pencarian
slip-lookup-moment = Dicari pada
slip-lookup-booking = Janji vaksinasi
slip-lookup-number = Nomor
slip-lookup-state = Status
slip-lookup-confirmed = Janji temu berhasil
slip-lookup-pending = Belum pasti, belum ada tempat
slip-lookup-cancelled = Dibatalkan
slip-lookup-no-booking = Tidak ada janji temu.
slip-lookup-order = Pesanan masker
slip-lookup-account = Rekening tujuan
slip-lookup-pay-until = Bayar sebelum
slip-lookup-no-order = Tidak ada pesanan.
slip-lookup-purchase = Pembelian masker
slip-lookup-last = Terakhir beli
slip-lookup-next = Bisa beli lagi
slip-lookup-no-purchase = Belum ada pembelian.

## Device code (R2)

slip-device-kind = Layanan daring kartu kesehatan
slip-device-title = Kode perangkat
slip-device-number = Kode
slip-device-until = Gunakan sebelum
slip-device-how = Buka aplikasi NHI di ponsel Anda, masukkan kode di atas atau pindai kode QR di bawah.
slip-device-once = Hanya berlaku sekali. Jangan tunjukkan atau sebutkan lewat telepon kepada siapa pun.

## Counter sale (M2, M3)

slip-sale-kind = Tanda terima masker
slip-sale-title = Tanda terima masker
slip-sale-number = Nomor tanda terima
slip-sale-goods = Barang
slip-sale-adult = { $count } masker dewasa
slip-sale-child = { $count } masker anak
slip-sale-price = Harga
slip-sale-price-value = NT${ $price }
slip-sale-time = Dibeli
slip-sale-next = Bisa membeli lagi mulai
slip-sale-staff = Petugas
slip-sale-exchange = Masker rusak ditukar langsung di tempat, hanya satu set utuh.

## Day totals

slip-totals-kind = Rekap kasir
slip-totals-title = Jumlah hari ini
slip-totals-day = Hari
slip-totals-amount = Uang diterima
slip-totals-amount-value = NT${ $price }
slip-totals-sales = Penjualan
slip-totals-adult = Masker dewasa
slip-totals-child = Masker anak
slip-totals-bookings = Janji temu
slip-totals-cancelled = Pembatalan
slip-totals-slips = Slip dicetak
slip-totals-reprints = Salinan
slip-totals-count = { $count }
slip-totals-pieces = { $count }
slip-totals-sheets = { $count }
slip-totals-staff-title = Per petugas
slip-totals-staff-value = { $count } penjualan, NT${ $price }
slip-totals-sign = Diperiksa (tanda tangan)

## Readiness report

slip-readiness-kind = Pemeriksaan mesin
slip-readiness-fit = Siap melayani
slip-readiness-unfit = TIDAK siap melayani
slip-readiness-moment = Diperiksa
slip-readiness-pass = baik
slip-readiness-fail = RUSAK
slip-readiness-unknown = belum diuji
slip-check-reader = Pembaca kartu
slip-check-printer = Printer
slip-check-touch = Layar sentuh
slip-check-display = Layar
slip-check-sound = Suara
slip-check-network = Jaringan
slip-check-store = Basis data
slip-check-roster = Daftar peserta
slip-check-outbox = Antrean kirim
slip-check-clock = Jam
slip-check-certificates = Sertifikat
slip-check-versions = Versi

## Test

slip-test-kind = Slip uji
slip-test-title = Uji cetak
slip-test-question = Baik bila setiap baris di bawah ini tajam, tidak ada yang hilang di pinggir, dan kode dapat dipindai.
slip-test-small = Kecil: Taiwan Centers for Disease Control
slip-test-body = Biasa: National Health Insurance
slip-test-heading = Judul: Pemberitahuan
slip-test-rare = Huruf langka: 堃喆峯煊碁銹裏墻恒粧嫺

## Where things can be done (C1–C3)

channel-store = toko
channel-pharmacy = apotek
channel-health-centre = puskesmas
channel-web = situs web
channel-app = aplikasi NHI
list-comma = {", "}
list-or = {" atau "}

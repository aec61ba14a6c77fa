# 簡訊與電子郵件。由中央伺服器寄出。

notice-footer = 任何人都不會以電話或簡訊要求您轉帳。疫苗諮詢 1922，反詐騙 165，健保諮詢 0800-030-598。

notice-booking-confirmed-subject = 疫苗接種預約成功
notice-booking-confirmed-text = 您已預約成功，預約編號 { $number }。時間：{ $when }。地點：{ $site }。請攜帶健保卡。

notice-booking-refused-subject = 疫苗接種預約未成立
notice-booking-refused-text = 您先前受理的預約（收件編號 { $receipt }）未能成立，沒有保留名額。請重新預約。

notice-booking-cancelled-subject = 疫苗接種預約已取消
notice-booking-cancelled-text = 您的預約（預約編號 { $number }，{ $when }）已取消。

notice-registration-code-subject = 確認您的電子郵件
notice-registration-code-text = 您的註冊確認碼是 { $code }，{ $expires_at } 前有效。若不是您本人申請，請不必理會；請勿將確認碼告訴任何人。

notice-password-code-subject = 重設密碼
notice-password-code-text = 您的重設密碼驗證碼是 { $code }，{ $expires_at } 前有效。若不是您本人申請，請不必理會；請勿將驗證碼告訴任何人。

notice-first-password-code-subject = 設定密碼
notice-first-password-code-text = 您已完成健保卡網路服務註冊。設定密碼的驗證碼是 { $code }，{ $expires_at } 前有效。請勿將驗證碼告訴任何人。

notice-already-registered-subject = 您已註冊
notice-already-registered-text = 有人以您的資料再次註冊。您原有的註冊沒有改變。若您忘記密碼，請使用「忘記密碼」。

notice-password-set-subject = 密碼已變更
notice-password-set-text = 您的密碼已變更。若不是您本人所為，請立即以「忘記密碼」重新設定。

notice-device-bound-subject = 行動裝置已綁定
notice-device-bound-text = 一個行動裝置已綁定您的健保卡網路服務。若不是您本人所為，請撥健保諮詢專線。

notice-mask-order-won-subject = 口罩預購成功，請繳費
notice-mask-order-won-text = 您已獲得 { $round } 的預購口罩。應繳金額 { $price_twd } 元，請於 { $pay_until } 前繳費，逾期視同放棄。

notice-mask-order-lost-subject = 口罩預購未中籤
notice-mask-order-lost-text = 很抱歉，您在 { $round } 的預購未中籤。您仍可於藥局或衛生所購買。

notice-pickup-number-subject = 口罩取貨序號
notice-pickup-number-text = 您的口罩取貨序號是 { $number }，請於 { $first_day } 至 { $last_day } 到 { $store } 取貨，逾期不退費、不補領。

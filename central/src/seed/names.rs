//! Invented names, of characters that every health card can hold.

use rand::Rng;

const SURNAMES: &[&str] = &[
    "陳", "林", "黃", "張", "李", "王", "吳", "劉", "蔡", "楊", "許", "鄭", "謝", "洪", "郭", "邱",
    "曾", "廖", "賴", "徐", "周", "葉", "蘇", "莊", "呂", "江", "何", "蕭", "羅", "高", "潘", "簡",
    "朱", "鍾", "游", "彭", "詹", "胡", "施", "沈", "歐陽", "范姜", "甄",
];

const GIVEN: &[char] = &[
    '家', '豪', '志', '明', '俊', '傑', '建', '宏', '淑', '芬', '美', '玲', '雅', '婷', '怡', '君',
    '佳', '穎', '宗', '翰', '承', '恩', '品', '妍', '宇', '軒', '子', '晴', '詠', '安', '柏', '廷',
    '秀', '英', '惠', '珍', '金', '龍', '文', '雄', '國', '華', '麗', '鳳', '月', '娥', '春', '梅',
    '冠', '霖', '思', '涵', '心', '瑜', '瑞', '祥', '永', '康', '德', '福',
];

const LATIN: &[(&str, &[&str])] = &[
    ("NGUYEN", &["THI LAN", "VAN MINH", "THI HOA", "QUOC BAO"]),
    ("TRAN", &["THI MAI", "VAN DUC", "NGOC ANH"]),
    ("SITI", &["AMINAH", "RAHAYU", "NURHALIZA"]),
    ("BUDI", &["SANTOSO", "HARTONO"]),
    ("SANTOS", &["MARIA ELENA", "JOSE", "ANA LIZA"]),
    ("REYES", &["JOY", "MARK ANTHONY"]),
    ("SOMCHAI", &["JAIDEE", "PRASERT"]),
    ("TANAKA", &["YUKI", "HIROSHI"]),
];

/// A Chinese name of two to four characters.
pub(super) fn chinese(random: &mut impl Rng) -> String {
    let mut name = SURNAMES[random.gen_range(0..SURNAMES.len())].to_owned();
    let given = if random.gen_ratio(1, 12) { 1 } else { 2 };
    for _ in 0..given {
        name.push(GIVEN[random.gen_range(0..GIVEN.len())]);
    }
    name
}

/// A name in Latin capitals, at most 20 characters: what a card has room for.
pub(super) fn latin(random: &mut impl Rng) -> String {
    let (family, given) = LATIN[random.gen_range(0..LATIN.len())];
    format!("{family} {}", given[random.gen_range(0..given.len())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng as _;

    /// Protects demo cards: every name fits the card's 20 bytes.
    #[test]
    fn names_fit_a_card() {
        let mut random = rand_chacha::ChaCha20Rng::seed_from_u64(1);
        for _ in 0..2000 {
            assert!(chinese(&mut random).chars().count() * 2 <= 20);
            assert!(latin(&mut random).len() <= 20);
        }
    }
}

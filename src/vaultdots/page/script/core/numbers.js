// 12345 → "12,345", in both languages. The browser's own formatting loads its tables first: a tenth of
// the time until a small map is seen.
export const grouped = (x) => String(x).replace(/\B(?=(?:\d{3})+$)/g, ",");

import type { Language } from '#base/label.ts'

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The calendar month in which a fiscal month begins, as short as a chart needs it. */
export function monthName(from: string, language: Language): string {
  const month = Number(from.slice(5, 7))
  return language === 'zh' ? `${month}月` : (monthNames[month - 1] ?? '')
}

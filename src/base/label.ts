/** The two languages of the product. */
export type Language = 'zh' | 'en'

export const languages: readonly Language[] = ['zh', 'en']

/** A text for people, in both languages. `{name}` marks a parameter. */
export interface Label {
  readonly zh: string
  readonly en: string
}

export type LabelParams = Readonly<Record<string, string | number>>

/** The label's text in one language, its `{name}` parameters filled in; an unknown parameter stays visible. */
export function inWords(label: Label, language: Language, params: LabelParams = {}): string {
  return label[language].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

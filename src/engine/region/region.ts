import type { Language } from '#base/label.ts'

/** The country whose divisions are known; the others are codes of two letters. */
export const home = 'CN'

/** A country (two letters), or a division of the mainland: a province (2 digits), a city (4), a district (6). */
export interface Region {
  readonly code: string
  readonly name: string
  /** Code of what it lies in; null: of a country. */
  readonly parent: string | null
}

/** Names of regions, what lies in them, and what people mean by a text. */
export interface Regions {
  find(code: string): Region | undefined
  /** `浙江省`, in English `Zhejiang`; cities and districts have a Chinese name only. The code if there is no such region. */
  nameOf(code: string, language: Language): string
  /** With what it lies in: `浙江省杭州市西湖区`, in English `西湖区, 杭州市, Zhejiang`. */
  fullNameOf(code: string, language: Language): string
  /** What lies directly in it; of null: the country with known divisions, then the others. */
  childrenOf(code: string | null): readonly Region[]
  /** Region as people write it: `浙江杭州`, `浙江省杭州市西湖区`, `杭州`, `Zhejiang`, `Norway`, `330106`. */
  read(text: string): string | undefined
  /** Regions whose name begins with the text, or contains it; the larger ones first. */
  search(text: string, most: number): readonly Region[]
}

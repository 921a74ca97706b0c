import i18next, { type i18n } from 'i18next'
import { languages, type Label, type LabelParams } from '#base/label.ts'

/** The texts of one part of the screen, both languages side by side. */
export interface Words<Key extends string> {
  readonly room: string
  readonly labels: Readonly<Record<Key, Label>>
}

const registered = new Map<string, Readonly<Record<string, Label>>>()

/** The texts known to this page, per language, one namespace for each part. `{name}` marks a parameter. */
export const texts: i18n = i18next.createInstance()

void texts.init({
  lng: 'zh',
  fallbackLng: 'en',
  resources: {},
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  interpolation: { prefix: '{', suffix: '}', escapeValue: false },
})

/** Defines the texts of a part beside its components. A part that is defined twice is a mistake of ours. */
export function defineWords<const Key extends string>(room: string, labels: Readonly<Record<Key, Label>>): Words<Key> {
  registered.set(room, labels)
  for (const language of languages) {
    const entries = Object.entries<Label>(labels).map(([key, label]) => [key, label[language]])
    texts.addResourceBundle(language, room, Object.fromEntries(entries), true, true)
  }
  return { room, labels }
}

/** Every text defined so far; the completeness test walks it. */
export function allWords(): ReadonlyMap<string, Readonly<Record<string, Label>>> {
  return registered
}

/** A text outside of components. */
export function wordOf<Key extends string>(words: Words<Key>, key: Key, params: LabelParams = {}): string {
  return texts.t(key, { defaultValue: key, ns: words.room, ...params })
}

import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { inWords, type Label, type LabelParams, type Language } from '#base/label.ts'
import { texts, type Words } from './words.ts'

/** The reader's language; the component renders again when it changes. */
export function useLanguage(): Language {
  const { i18n } = useTranslation(undefined, { i18n: texts })
  return i18n.language === 'en' ? 'en' : 'zh'
}

/** `const t = useWords(cockpitWords)`, then `t('gap')`. */
export function useWords<Key extends string>(words: Words<Key>): (key: Key, params?: LabelParams) => string {
  const language = useLanguage()
  return useCallback(
    (key: Key, params: LabelParams = {}) =>
      texts.t(key, { defaultValue: key, ns: words.room, lng: language, ...params }),
    [words, language],
  )
}

/** Words for labels that come from definitions or the server. */
export function useLabel(): (label: Label) => string {
  const language = useLanguage()
  return useCallback((label: Label) => inWords(label, language), [language])
}

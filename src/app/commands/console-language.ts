import type { Language } from '#base/label.ts'

/** The language of whoever sits at the console. */
export function consoleLanguage(): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('zh') ? 'zh' : 'en'
}

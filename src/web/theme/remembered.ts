import type { Settings } from '#engine/contract/sign-in.ts'

const key = 'terrace.look'

const usual: Settings = { language: 'zh', theme: 'system', density: 'comfortable' }

/** How the product looked here last, for the pages before the sign-in. A first visit follows the browser's language. */
export function rememberedLook(): Settings {
  const first: Settings = { ...usual, language: navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en' }
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return kept && typeof kept === 'object' ? { ...first, ...kept } : first
  } catch {
    return first
  }
}

export function rememberLook(settings: Settings): void {
  try {
    localStorage.setItem(key, JSON.stringify(settings))
  } catch {
    // Storage may be switched off; the settings are kept with the person anyway.
  }
}

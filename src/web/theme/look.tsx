import { createContext, use, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/es/locale/en_US.js'
import zhCN from 'antd/es/locale/zh_CN.js'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn.js'
import type { Language } from '#base/label.ts'
import { askInLanguage } from '#web/api/send.ts'
import { useIsPrinting } from '#web/kit/use-is-printing.ts'
import { useLanguage } from '#web/words/use-words.ts'
import { showColors, type Tone } from './colors.ts'
import { themeConfig, type Density } from './theme-config.ts'
import './base.css'

export type ThemeChoice = Tone | 'system'

const ToneContext = createContext<Tone>('light')

/** Light or dark, as the page is drawn now. */
export function useTone(): Tone {
  return use(ToneContext)
}

type Packed = typeof zhCN | (typeof zhCN)['default']

// Bundlers and Node disagree on what the default export of these files is.
function localeIn(language: Language): (typeof zhCN)['default'] {
  const packed: Packed = language === 'zh' ? zhCN : enUS
  return 'default' in packed ? packed.default : packed
}

const darkWanted = '(prefers-color-scheme: dark)'

function onSystemTone(changed: () => void): () => void {
  const wish = window.matchMedia(darkWanted)
  wish.addEventListener('change', changed)
  return () => wish.removeEventListener('change', changed)
}

function useSystemTone(): Tone {
  return useSyncExternalStore(onSystemTone, () => (window.matchMedia(darkWanted).matches ? 'dark' : 'light'))
}

const buttons = { autoInsertSpace: false }

interface LookProps {
  readonly theme: ThemeChoice
  readonly density: Density
  readonly children: ReactNode
}

/** Colours, density, fonts and the language of the parts from Ant Design. */
export function Look({ theme, density, children }: LookProps) {
  const language = useLanguage()
  const systemTone = useSystemTone()
  const isPrinting = useIsPrinting()
  const chosen = theme === 'system' ? systemTone : theme
  // Paper is white.
  const tone = isPrinting ? 'light' : chosen
  const config = useMemo(() => themeConfig(tone, density), [tone, density])

  useEffect(() => showColors(tone), [tone])
  useEffect(() => {
    const tag = language === 'zh' ? 'zh-CN' : 'en'
    document.documentElement.lang = tag
    askInLanguage(tag)
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
  }, [language])

  return (
    <ToneContext value={tone}>
      <ConfigProvider theme={config} locale={localeIn(language)} button={buttons}>
        <App className="app-root">{children}</App>
      </ConfigProvider>
    </ToneContext>
  )
}

import type { ReactNode } from 'react'
import { Segmented } from 'antd'
import type { Language } from '#base/label.ts'
import { Brand } from '#web/shell/Brand.tsx'
import { rememberLook, rememberedLook } from '#web/theme/remembered.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { texts } from '#web/words/words.ts'
import { frameWords } from './words.ts'
import './entry.css'

interface EntryFrameProps {
  readonly title: ReactNode
  readonly text?: ReactNode
  readonly isWide?: boolean
  readonly children: ReactNode
}

/** The pages before the sign-in: the field on one side, one thing to do on the other. */
export function EntryFrame({ title, text, isWide = false, children }: EntryFrameProps) {
  const t = useWords(frameWords)
  return (
    <div className={`entry ${isWide ? 'entry-wide' : ''}`}>
      <aside className="entry-field" aria-hidden>
        <Field />
        <p>{t('slogan')}</p>
      </aside>
      <main className="entry-main">
        <header className="entry-head">
          <Brand />
          <LanguageSwitch />
        </header>
        <div className="entry-body">
          <h1>{title}</h1>
          {text && <p className="muted">{text}</p>}
          {children}
        </div>
      </main>
    </div>
  )
}

function LanguageSwitch() {
  const language = useLanguage()
  const choose = (chosen: Language) => {
    rememberLook({ ...rememberedLook(), language: chosen })
    void texts.changeLanguage(chosen)
  }
  return (
    <Segmented<Language>
      size="small"
      aria-label="语言 Language"
      value={language}
      onChange={choose}
      options={[
        { value: 'zh', label: '中文' },
        { value: 'en', label: 'English' },
      ]}
    />
  )
}

/** Terraced fields with water; drawn in the colours of the theme. */
function Field() {
  const steps = [
    { y: 190, deep: 38, tilt: 26, fill: 'var(--crop-top)', rim: 'var(--crop)' },
    { y: 250, deep: 44, tilt: 30, fill: 'var(--water-soft)', rim: 'var(--water)' },
    { y: 318, deep: 50, tilt: 34, fill: 'var(--crop-dry-top)', rim: 'var(--harvest)' },
    { y: 394, deep: 58, tilt: 38, fill: 'var(--crop-top)', rim: 'var(--crop)' },
    { y: 480, deep: 68, tilt: 42, fill: 'var(--water-soft)', rim: 'var(--water)' },
    { y: 580, deep: 120, tilt: 46, fill: 'var(--crop-top)', rim: 'var(--crop)' },
  ]
  return (
    <svg viewBox="0 0 480 720" preserveAspectRatio="xMidYMax slice" role="presentation">
      <rect width="480" height="720" fill="var(--sky)" />
      <circle cx="370" cy="96" r="34" fill="var(--harvest)" opacity="0.85" />
      <path d="M0 200 Q110 90 230 168 T480 120 V720 H0Z" fill="var(--hill)" />
      {steps.map(({ y, tilt, fill, rim, deep }, at) => (
        <g key={y}>
          <path
            d={`M0 ${y} Q${at % 2 ? 150 : 300} ${y + tilt} 480 ${y - tilt / 2} V720 H0Z`}
            fill="var(--soil)"
            stroke="var(--soil-edge)"
          />
          <path
            d={`M0 ${y + 8} Q${at % 2 ? 150 : 300} ${y + tilt + 8} 480 ${y - tilt / 2 + 8} V${y - tilt / 2 + deep} Q${at % 2 ? 150 : 300} ${y + tilt + deep + 6} 0 ${y + deep}Z`}
            fill={fill}
            stroke={rim}
            strokeWidth="1.5"
          />
        </g>
      ))}
    </svg>
  )
}

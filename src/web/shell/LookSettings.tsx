import { Segmented } from 'antd'
import type { Settings } from '#engine/contract/sign-in.ts'
import { useMe, useSaveSettings } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { shellWords } from './words.ts'

/** Language, appearance and density; each takes effect at once and is kept with the person. */
export function LookSettings() {
  const t = useWords(shellWords)
  const { settings } = useMe()
  const save = useSaveSettings()
  const choose = (changes: Partial<Settings>) => save.mutate(changes)
  return (
    <div className="look-settings">
      <span id="look-language">{t('language')}</span>
      <Segmented<Settings['language']>
        aria-labelledby="look-language"
        block
        value={settings.language}
        onChange={(language) => choose({ language })}
        options={[
          { value: 'zh', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
      />
      <span id="look-theme">{t('theme')}</span>
      <Segmented<Settings['theme']>
        aria-labelledby="look-theme"
        block
        value={settings.theme}
        onChange={(theme) => choose({ theme })}
        options={(['light', 'dark', 'system'] as const).map((value) => ({ value, label: t(value) }))}
      />
      <span id="look-density">{t('density')}</span>
      <Segmented<Settings['density']>
        aria-labelledby="look-density"
        block
        value={settings.density}
        onChange={(density) => choose({ density })}
        options={(['comfortable', 'compact'] as const).map((value) => ({ value, label: t(value) }))}
      />
    </div>
  )
}

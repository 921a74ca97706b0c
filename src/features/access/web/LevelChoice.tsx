import { Radio } from 'antd'
import type { SharingLevel } from '#engine/policy/sharing.ts'
import { useWords } from '#web/words/use-words.ts'
import { sharingWords } from './rule-words.ts'

interface LevelChoiceProps {
  readonly id: string
  readonly value: SharingLevel
  readonly onChange: (level: SharingLevel) => void
}

/** Whether what is shared may be changed, too. */
export function LevelChoice({ id, value, onChange }: LevelChoiceProps) {
  const t = useWords(sharingWords)
  return (
    <div className="role-field" role="group" aria-labelledby={`${id}-level`}>
      <span id={`${id}-level`} className="role-caption">
        {t('level')}
      </span>
      <Radio.Group
        value={value}
        options={(['read', 'write'] as const).map((level) => ({ value: level, label: t(level) }))}
        onChange={(event) => onChange(event.target.value === 'write' ? 'write' : 'read')}
      />
      <span className="muted role-help">{t('levelHelp')}</span>
    </div>
  )
}

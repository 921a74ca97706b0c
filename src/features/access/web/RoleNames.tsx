import { useId } from 'react'
import { Input } from 'antd'
import type { Label } from '#base/label.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { useWords } from '#web/words/use-words.ts'
import { faultAt } from './role-faults.ts'
import { roleWords } from './role-words.ts'

interface RoleNamesProps {
  readonly value: Label
  readonly problem: unknown
  readonly onChange: (value: Label) => void
}

/** What a role of the company is called. */
export function RoleNames({ value, problem, onChange }: RoleNamesProps) {
  const t = useWords(roleWords)
  const id = useId()
  return (
    <Panel title={t('names')}>
      <div className="role-pair">
        {(['zh', 'en'] as const).map((language) => {
          const fault = faultAt(problem, `label.${language}`)
          return (
            <div key={language} className="role-field">
              <label htmlFor={`${id}-${language}`}>{t(language === 'zh' ? 'nameZh' : 'nameEn')}</label>
              <Input
                id={`${id}-${language}`}
                value={value[language]}
                maxLength={60}
                autoComplete="off"
                {...(fault
                  ? { status: 'error', 'aria-invalid': true, 'aria-describedby': `${id}-${language}-fault` }
                  : {})}
                onChange={(event) => onChange({ ...value, [language]: event.target.value })}
              />
              <FaultLine id={`${id}-${language}-fault`} fault={fault} />
            </div>
          )
        })}
      </div>
    </Panel>
  )
}

/** What is wrong at a place, announced when it appears. */
export function FaultLine({ id, fault }: { readonly id?: string; readonly fault: string | undefined }) {
  return fault ? (
    <span id={id} className="role-fault" role="alert">
      {fault}
    </span>
  ) : null
}

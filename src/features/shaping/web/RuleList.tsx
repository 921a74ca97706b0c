import { useState } from 'react'
import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import { EmptyState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useUndo } from '#web/kit/use-undo.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { SetupDraft } from '../contract.ts'
import { formWords } from './form-words.ts'
import { RuleDrawer, type RuleDraft } from './RuleDrawer.tsx'
import { useRefusal } from './use-refusal.tsx'
import { useSaveSetup } from './use-setup.ts'

interface RuleListProps {
  readonly screen: ScreenObject
  readonly setup: SetupDraft
}

/** The rules that records must meet when they are saved. */
export function RuleList({ screen, setup }: RuleListProps) {
  const t = useWords(formWords)
  const label = useLabel()
  const refuse = useRefusal()
  const offerUndo = useUndo()
  const { save, isBusy } = useSaveSetup(screen.key, setup)
  const [edited, setEdited] = useState<RuleDraft | 'new'>()
  const rules = setup.rules ?? []
  const keep = async (rule: RuleDraft) => {
    const isKnown = rules.some(({ id }) => id !== undefined && id === rule.id)
    await save({ rules: isKnown ? rules.map((one) => (one.id === rule.id ? rule : one)) : [...rules, rule] })
  }
  const remove = async (rule: RuleDraft) => {
    try {
      await save({ rules: rules.filter(({ id }) => id !== rule.id) })
      offerUndo(t('ruleDeleted', { name: label(rule.name) }), () => save({ rules }))
    } catch (problem) {
      refuse(problem)
    }
  }
  const add = (
    <Button icon={<PlusOutlined />} onClick={() => setEdited('new')}>
      {t('newRule')}
    </Button>
  )
  return (
    <div className="shape-stack">
      {rules.length === 0 ? (
        <EmptyState title={t('rulesTitle')} text={t('rulesText')} action={add} />
      ) : (
        <>
          <Panel flush>
            <ul className="shape-rows">
              {rules.map((rule) => {
                const name = label(rule.name)
                return (
                  <li key={rule.id ?? name} className="shape-row shape-row-rule">
                    <span className="shape-name">{name}</span>
                    <span className="muted shape-kind">{label(rule.message)}</span>
                    <span className="shape-acts">
                      <Button
                        type="text"
                        icon={<EditOutlined />}
                        aria-label={t('editName', { name })}
                        onClick={() => setEdited(rule)}
                      />
                      <Button
                        type="text"
                        icon={<DeleteOutlined />}
                        disabled={isBusy}
                        aria-label={t('removeName', { name })}
                        onClick={() => void remove(rule)}
                      />
                    </span>
                  </li>
                )
              })}
            </ul>
          </Panel>
          <div>{add}</div>
        </>
      )}
      {edited && (
        <RuleDrawer
          screen={screen}
          rule={edited === 'new' ? undefined : edited}
          onSave={keep}
          onClose={() => setEdited(undefined)}
        />
      )}
    </div>
  )
}

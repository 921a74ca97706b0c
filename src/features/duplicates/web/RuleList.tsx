import { useState } from 'react'
import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Switch } from 'antd'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useUndo } from '#web/kit/use-undo.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { RuleDraft } from '../contract.ts'
import { RuleDrawer } from './RuleDrawer.tsx'
import { useDuplicateActs, useRules, type ShownRule } from './use-duplicates.ts'
import { duplicateWords } from './words.ts'

/** A rule as it can be sent back. */
function draftOf({ id, name, compares, action, isOn }: ShownRule): RuleDraft {
  return { id, name, compares, action, isOn }
}

/** By what duplicates of an object are known. */
export function RuleList({ object }: { readonly object: ScreenObject }) {
  const t = useWords(duplicateWords)
  const label = useLabel()
  const { message } = App.useApp()
  const offerUndo = useUndo()
  const { saveRules } = useDuplicateActs()
  const shown = useRules(true)
  const [edited, setEdited] = useState<RuleDraft | 'new'>()
  if (shown.isPending) return <LoadingState rows={5} />
  if (shown.isError) return <ErrorState problem={shown.error} onRetry={() => void shown.refetch()} />
  const rules = shown.data.objects.find((one) => one.object === object.key)?.rules ?? []
  const drafts = rules.map(draftOf)
  const save = (next: readonly RuleDraft[]) => saveRules(object.key, next)
  const tryTo = async (act: () => Promise<void>) => {
    try {
      await act()
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const remove = async ({ id, name }: ShownRule) => {
    await save(drafts.filter((one) => one.id !== id))
    offerUndo(t('deleted', { name: label(name) }), () => save(drafts))
  }
  const turn = (id: string, isOn: boolean) => save(drafts.map((one) => (one.id === id ? { ...one, isOn } : one)))
  const keep = (rule: RuleDraft) =>
    save(rule.id ? drafts.map((one) => (one.id === rule.id ? rule : one)) : [...drafts, rule])
  const add = (
    <Button icon={<PlusOutlined />} onClick={() => setEdited('new')}>
      {t('addRule')}
    </Button>
  )
  return (
    <div className="duplicates-stack">
      {rules.length === 0 ? (
        <EmptyState title={t('noRules')} text={t('noRulesText')} action={add} />
      ) : (
        <>
          <Panel>
            <ul className="duplicates-rows">
              {rules.map((rule) => (
                <li key={rule.id} className="duplicates-row">
                  <Switch
                    size="small"
                    checked={rule.isOn}
                    aria-label={t('on', { name: label(rule.name) })}
                    onChange={(isOn) => void tryTo(() => turn(rule.id, isOn))}
                  />
                  <b>{label(rule.name)}</b>
                  <RuleText object={object} rule={rule} />
                  <span className="duplicates-acts">
                    <Button
                      type="text"
                      icon={<EditOutlined />}
                      aria-label={t('edit', { name: label(rule.name) })}
                      onClick={() => setEdited(draftOf(rule))}
                    />
                    <Button
                      type="text"
                      icon={<DeleteOutlined />}
                      aria-label={t('delete', { name: label(rule.name) })}
                      onClick={() => void tryTo(() => remove(rule))}
                    />
                  </span>
                </li>
              ))}
            </ul>
          </Panel>
          <div>{add}</div>
        </>
      )}
      {edited && (
        <RuleDrawer
          object={object}
          rule={edited === 'new' ? undefined : edited}
          onSave={keep}
          onClose={() => setEdited(undefined)}
        />
      )}
    </div>
  )
}

function RuleText({ object, rule }: { readonly object: ScreenObject; readonly rule: ShownRule }) {
  const t = useWords(duplicateWords)
  const label = useLabel()
  const nameOf = (key: string) => {
    const field = object.fields.find((known) => known.key === key)
    return field ? label(field.label) : key
  }
  return (
    <span className="muted duplicates-fact">
      {rule.compares.map(({ field, way }) => `${nameOf(field)}: ${t(way)}`).join(' + ')} · {t(rule.action)}
      {rule.index === 'building' && (
        <span role="status"> · {t('building', { n: rule.indexed.toLocaleString('en-US') })}</span>
      )}
    </span>
  )
}

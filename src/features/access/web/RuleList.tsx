import { useState } from 'react'
import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Tag } from 'antd'
import { useObject } from '#features/objects/web/index.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { RuleView } from '../contract.ts'
import { useGranteeWords } from './GranteePicker.tsx'
import { RuleDrawer } from './RuleDrawer.tsx'
import { isEverything } from './rule-draft.ts'
import { sharingWords } from './rule-words.ts'
import { useRuleActs, useRules } from './use-rules.ts'

/** Every sharing rule in words: which records, to whom, and whether they may be changed. */
export function RuleList() {
  const t = useWords(sharingWords)
  const rules = useRules()
  const [edited, setEdited] = useState<RuleView | 'new'>()
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
      {t('newRule')}
    </Button>
  )
  return (
    <div className="role-stack">
      {rules.isPending && <LoadingState rows={6} />}
      {rules.isError && !rules.data && <ErrorState problem={rules.error} onRetry={() => void rules.refetch()} />}
      {rules.data?.length === 0 && <EmptyState title={t('noRules')} text={t('rulesHelp')} action={add} />}
      {rules.data && rules.data.length > 0 && (
        <>
          <div className="rule-head">
            <p className="muted">{t('rulesHelp')}</p>
            {add}
          </div>
          <Panel flush>
            <ul className="role-lines">
              {rules.data.map((rule) => (
                <RuleLine key={rule.id} rule={rule} onEdit={() => setEdited(rule)} />
              ))}
            </ul>
          </Panel>
        </>
      )}
      {edited && <RuleDrawer rule={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </div>
  )
}

function RuleLine({ rule, onEdit }: { readonly rule: RuleView; readonly onEdit: () => void }) {
  const t = useWords(sharingWords)
  const label = useLabel()
  const toWords = useGranteeWords()
  const remove = useRemoveRule()
  const object = useObject(rule.object)
  const name = label(rule.label)
  return (
    <li className="rule-line">
      <span className="role-name">{name}</span>
      <span className="rule-which">
        <Tag>{object ? label(object.label) : rule.object}</Tag>
        {isEverything(rule.filter) ? t('allRecords') : rule.filterInWords}
      </span>
      <span className="rule-to">
        → {toWords(rule.to)} <Tag color={rule.level === 'write' ? 'gold' : 'default'}>{t(rule.level)}</Tag>
      </span>
      <span className="role-acts">
        <Button type="text" icon={<EditOutlined />} aria-label={t('editName', { name })} onClick={onEdit} />
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('removeName', { name })}
          onClick={() => remove(rule)}
        />
      </span>
    </li>
  )
}

/** Asks first: who sees records by the rule alone loses them at once. */
function useRemoveRule(): (rule: RuleView) => void {
  const t = useWords(sharingWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const { modal, message } = App.useApp()
  const acts = useRuleActs()
  return (rule) => {
    const name = label(rule.label)
    modal.confirm({
      title: t('removeAsk', { name }),
      content: t('removeText'),
      okText: t('remove'),
      cancelText: k('cancel'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await acts.remove(rule.id)
          void message.success(t('removed', { name }))
        } catch (problem) {
          void message.error(problemText(problem))
        }
      },
    })
  }
}

import { App, Button, Tag } from 'antd'
import { problemText } from '#web/kit/problem-text.ts'
import { plainMoment, plainDay } from '#web/kit/date-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import type { ApiKey } from '../contract.ts'
import { useScopeWords } from './use-scope-words.ts'
import { useKeyActs } from './use-keys.ts'
import { keyWords } from './words.ts'

interface KeyLineProps {
  readonly apiKey: ApiKey
  readonly withPerson: boolean
}

/** A key by its name and beginning, what it may, and when it was used last. */
export function KeyLine({ apiKey, withPerson }: KeyLineProps) {
  const t = useWords(keyWords)
  const wordsOf = useScopeWords()
  const revoke = useRevoke()
  const { name, prefix, scopes, expiresAt, lastUsedAt, personName } = apiKey
  return (
    <li className="key-line">
      <span className="key-name">
        {name}
        <code className="muted">{prefix}…</code>
      </span>
      <span className="key-scopes">
        {withPerson && <Tag color="blue">{personName}</Tag>}
        {scopes.map((scope) => (
          <Tag key={scope}>{wordsOf(scope)}</Tag>
        ))}
      </span>
      <span className="muted key-times">
        <span>{lastUsedAt ? t('used', { when: plainMoment(String(lastUsedAt)) }) : t('unused')}</span>
        <span>{expiresAt ? t('expires', { day: plainDay(String(expiresAt)) }) : t('never')}</span>
      </span>
      <Button type="text" danger aria-label={t('revokeName', { name })} onClick={() => revoke(apiKey)}>
        {t('revoke')}
      </Button>
    </li>
  )
}

function useRevoke(): (key: ApiKey) => void {
  const t = useWords(keyWords)
  const k = useWords(kitWords)
  const { modal, message } = App.useApp()
  const { revoke } = useKeyActs()
  return ({ id, name }) =>
    void modal.confirm({
      title: t('revokeName', { name }),
      content: t('revokeText'),
      okText: t('revoke'),
      okButtonProps: { danger: true },
      cancelText: k('cancel'),
      onOk: async () => {
        try {
          await revoke.mutateAsync(id)
          void message.success(t('revoked', { name }))
        } catch (problem) {
          void message.error(problemText(problem))
        }
      },
    })
}

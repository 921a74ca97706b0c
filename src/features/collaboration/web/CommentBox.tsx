import { useState, type KeyboardEvent } from 'react'
import { Alert, App, Button, Mentions } from 'antd'
import { usePeople, type KnownPerson } from '#features/objects/web/index.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { longestComment, mostMentions, type CommentDraft } from '../contract.ts'
import { mentionedIn } from '../mentioned.ts'
import { useCannotSee, type RecordPlace } from './use-comments.ts'
import { talkWords } from './words.ts'

interface CommentBoxProps {
  readonly place: RecordPlace
  /** What stands there already, when a comment is changed. */
  readonly first?: {
    readonly text: string
    readonly mentions: readonly { readonly id: string; readonly name: string }[]
  }
  readonly onSend: (draft: CommentDraft) => Promise<unknown>
  readonly onCancel?: () => void
}

const mostOffered = 12
const split = ' '

/** Where a comment is written: `@` offers the people of the company, and who cannot see the record is told beforehand. */
export function CommentBox({ place, first, onSend, onCancel }: CommentBoxProps) {
  const t = useWords(talkWords)
  const k = useWords(kitWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const people = usePeople()
  const [text, setText] = useState(first?.text ?? '')
  const [asked, setAsked] = useState('')
  const [chosen, setChosen] = useState<readonly { readonly id: string; readonly name: string }[]>(first?.mentions ?? [])
  const [isBusy, setBusy] = useState(false)
  const mentioned = mentionedIn(text, chosen).slice(0, mostMentions)
  const blind = useCannotSee(
    place,
    mentioned.map(({ id }) => id),
  )
  const isReady = text.trim() !== '' && !isBusy

  const send = async () => {
    if (!isReady) return
    setBusy(true)
    try {
      await onSend({ text: text.trim(), mentions: mentioned.map(({ id }) => id) })
      setText('')
      setChosen([])
    } catch (problem) {
      void message.error(problemText(problem))
    } finally {
      setBusy(false)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
  }
  return (
    <div className="comment-box">
      <Mentions
        aria-label={t('placeholder')}
        placeholder={t('placeholder')}
        value={text}
        split={split}
        maxLength={longestComment}
        autoSize={{ minRows: 2, maxRows: 8 }}
        autoFocus={first !== undefined}
        filterOption={false}
        notFoundContent={t('nobody')}
        options={offered(people, asked)}
        onSearch={setAsked}
        onSelect={({ key }) => {
          // The component adds something of its own to the key.
          const person = people.find(({ id }) => key?.startsWith(id))
          if (person) setChosen((before) => [...before.filter(({ id }) => id !== person.id), person])
        }}
        onChange={(written) => {
          setText(written)
          // An input method that ends with Enter does not make the component search again.
          setAsked(/@([^\s@]*)$/.exec(written)?.[1] ?? '')
        }}
        onKeyDown={onKeyDown}
      />
      {blind.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('cannotSee', { names: blind.map(({ name }) => name).join(language === 'zh' ? '、' : ', ') })}
        />
      )}
      <div className="comment-send">
        <span className="muted comment-keys">{t('sendKeys')}</span>
        {onCancel && <Button onClick={onCancel}>{k('cancel')}</Button>}
        <Button type="primary" loading={isBusy} disabled={!isReady} onClick={() => void send()}>
          {first ? k('save') : t('send')}
        </Button>
      </div>
    </div>
  )
}

/** People whose name or unit holds what was typed, those whose name begins with it first. */
function offered(people: readonly KnownPerson[], asked: string) {
  const typed = asked.trim().toLowerCase()
  const holds = (text: string) => text.toLowerCase().includes(typed)
  return people
    .filter(({ name, unit }) => holds(name) || holds(unit))
    .toSorted((one, other) => Number(begins(other, typed)) - Number(begins(one, typed)))
    .slice(0, mostOffered)
    .map(({ id, name, unit }) => ({
      key: id,
      value: name,
      label: (
        <span className="mention-option">
          {name} <small className="muted">{unit}</small>
        </span>
      ),
    }))
}

const begins = ({ name }: KnownPerson, typed: string) => name.toLowerCase().startsWith(typed)

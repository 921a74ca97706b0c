import { Alert, App, Button, Checkbox, Select } from 'antd'
import {
  mailChoices,
  noticeGroups,
  type KindChoice,
  type MailChoice,
  type NoticeChoices,
  type NoticeWays,
} from '#engine/contract/notices.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { RhythmForm } from './RhythmForm.tsx'
import { useChoices, useChoose, type Whose } from './use-notices.ts'
import { noticeWords } from './words.ts'

/** By which ways each kind of notice comes, and when; every change is kept at once. */
export function ChoicesForm({ whose }: { readonly whose: Whose }) {
  const choices = useChoices(whose)
  if (choices.isPending) return <LoadingState rows={8} />
  if (choices.isError) return <ErrorState problem={choices.error} onRetry={() => void choices.refetch()} />
  return <Loaded whose={whose} choices={choices.data} />
}

function Loaded({ whose, choices }: { readonly whose: Whose; readonly choices: NoticeChoices }) {
  const t = useWords(noticeWords)
  const { message } = App.useApp()
  const choose = useChoose(whose)
  const refuse = (problem: unknown) => void message.error(problemText(problem))
  const set = (kind: string, ways: NoticeWays | null) => choose.mutate({ kinds: { [kind]: ways } }, { onError: refuse })
  return (
    <>
      {whose === 'company' && <p className="muted">{t('companyNote')}</p>}
      {!choices.hasMail && <Alert type="info" showIcon title={t('noMail')} />}
      {choices.hasMail && !choices.hasAddress && <Alert type="warning" showIcon title={t('noAddress')} />}
      {noticeGroups.map((group) => {
        const kinds = choices.kinds.filter((one) => one.group === group)
        return (
          kinds.length > 0 && (
            <Panel key={group} title={t(`group_${group}`)}>
              <ul className="notice-ways">
                {kinds.map((one) => (
                  <ChoiceLine key={one.kind} choice={one} onChange={(ways) => set(one.kind, ways)} />
                ))}
              </ul>
            </Panel>
          )
        )
      })}
      <Panel title={t('rhythm')}>
        <RhythmForm
          key={JSON.stringify(choices.rhythm)}
          rhythm={choices.rhythm}
          isOwn={choices.isOwnRhythm}
          onChange={(rhythm) =>
            choose.mutate({ rhythm }, { onError: refuse, onSuccess: () => void message.success(t('saved')) })
          }
        />
      </Panel>
    </>
  )
}

interface ChoiceLineProps {
  readonly choice: KindChoice
  readonly onChange: (ways: NoticeWays | null) => void
}

function ChoiceLine({ choice: { label, ways, isOwn, isUrgent }, onChange }: ChoiceLineProps) {
  const t = useWords(noticeWords)
  const inLanguage = useLabel()
  const kind = inLanguage(label)
  const named = (way: 'inApp' | 'mail' | 'robot') => t('wayFor', { way: t(way), kind })
  return (
    <li className="notice-way">
      <span className="choice-kind">{kind}</span>
      <Checkbox
        checked={ways.inApp || isUrgent}
        disabled={isUrgent}
        aria-label={named('inApp')}
        title={isUrgent ? t('always') : t('inApp')}
        onChange={({ target }) => onChange({ ...ways, inApp: target.checked })}
      >
        {t('inApp')}
      </Checkbox>
      <span className="choice-mail">
        <span className="muted">{t('mail')}</span>
        <Select<MailChoice>
          size="small"
          value={ways.mail}
          aria-label={named('mail')}
          options={mailChoices.map((value) => ({ value, label: t(value) }))}
          onChange={(mail) => onChange({ ...ways, mail })}
        />
      </span>
      <Checkbox
        checked={ways.robot}
        aria-label={named('robot')}
        onChange={({ target }) => onChange({ ...ways, robot: target.checked })}
      >
        {t('robot')}
      </Checkbox>
      <span className="choice-reset">
        {isOwn && (
          <Button type="link" size="small" aria-label={t('resetFor', { kind })} onClick={() => onChange(null)}>
            {t('reset')}
          </Button>
        )}
      </span>
    </li>
  )
}

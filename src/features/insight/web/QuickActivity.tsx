import { Suspense, useState } from 'react'
import { App, Button, Drawer, Input } from 'antd'
import {
  CommentOutlined,
  EllipsisOutlined,
  EnvironmentOutlined,
  MailOutlined,
  PhoneOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import { objectsRoutes } from '#features/objects/contract.ts'
import {
  ReferencePicker,
  textOf,
  useCreateRecord,
  useForgetRecords,
  useRecordQuery,
  type ScreenObject,
} from '#features/objects/web/index.tsx'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useUndo } from '#web/kit/use-undo.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { dayWords } from './words.ts'

interface QuickActivityProps {
  readonly activity: ScreenObject
  readonly onClose: () => void
}

interface ChosenAccount {
  readonly id: string
  readonly name: string
}

const icons: Readonly<Record<string, React.ReactNode>> = {
  visit: <EnvironmentOutlined />,
  call: <PhoneOutlined />,
  meeting: <TeamOutlined />,
  email: <MailOutlined />,
  wechat: <CommentOutlined />,
  other: <EllipsisOutlined />,
}

const mine = { field: 'ownerId', op: 'eq' as const, value: { me: true as const } }

/** Open, the account, the kind: the third tap saves. A note can be typed before it. */
export function QuickActivity({ activity, onClose }: QuickActivityProps) {
  const t = useWords(dayWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const me = useMe()
  const isPhone = useIsPhone()
  const { message } = App.useApp()
  const undo = useUndo()
  const forget = useForgetRecords()
  const create = useCreateRecord()
  const accounts = useRecordQuery('account', { filter: mine, limit: 9 })
  const [account, setAccount] = useState<ChosenAccount>()
  const [note, setNote] = useState('')
  const kinds = activity.fields.find((field) => field.key === 'kind')?.choices ?? []

  const save = async (kind: string, kindWord: string) => {
    if (!account) return
    const subject = t('subject', { kind: kindWord, account: account.name }).slice(0, 200)
    try {
      const row = await create.mutateAsync({
        object: 'activity',
        values: {
          kind,
          subject,
          account: account.id,
          doneOn: me.today,
          ownerId: me.person.id,
          note: note.trim() || null,
        },
      })
      onClose()
      undo(t('added', { subject }), async () => {
        await call(objectsRoutes.remove, { params: { object: 'activity', id: row.id } })
        await forget()
      })
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }

  return (
    <Drawer
      open
      onClose={onClose}
      placement={isPhone ? 'bottom' : 'right'}
      size={isPhone ? 'min(560px, 86dvh)' : 420}
      closable={{ 'aria-label': k('close') }}
      title={account ? t('whichKind', { account: account.name }) : t('whichAccount')}
    >
      {account ? (
        <div className="quick">
          <Input.TextArea
            aria-label={t('note')}
            placeholder={t('note')}
            value={note}
            autoSize={{ minRows: 2, maxRows: 5 }}
            onChange={(event) => setNote(event.target.value)}
          />
          <div className="quick-kinds">
            {kinds.map((kind) => (
              <Button
                key={kind.key}
                size="large"
                className="quick-kind"
                disabled={create.isPending}
                onClick={() => void save(kind.key, label(kind.label))}
              >
                <span className="quick-icon" aria-hidden>
                  {icons[kind.key] ?? icons['other']}
                </span>
                {label(kind.label)}
              </Button>
            ))}
          </div>
          <Button type="link" onClick={() => setAccount(undefined)}>
            {t('change')}
          </Button>
        </div>
      ) : (
        <div className="quick">
          <Suspense fallback={<Input disabled />}>
            <ReferencePicker
              object="account"
              size="large"
              aria-label={t('otherAccount')}
              placeholder={t('otherAccount')}
              value={null}
              onChange={(id, name) => id && setAccount({ id, name: name ?? '' })}
            />
          </Suspense>
          {accounts.data?.rows.length === 0 && <p className="muted">{t('noAccounts')}</p>}
          {accounts.data?.rows.map((row) => (
            <Button
              key={row.id}
              size="large"
              block
              className="quick-account"
              onClick={() => setAccount({ id: row.id, name: textOf(row, 'name') })}
            >
              <span className="ellipsis">{textOf(row, 'name')}</span>
            </Button>
          ))}
        </div>
      )}
    </Drawer>
  )
}

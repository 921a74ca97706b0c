import { useState } from 'react'
import { CloseOutlined, EditOutlined, UserAddOutlined } from '@ant-design/icons'
import { App, Button, Tag } from 'antd'
import type { RecordRow, ScreenObject } from '#features/objects/web/index.tsx'
import { dayText, momentText } from '#web/kit/date-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useUndo } from '#web/kit/use-undo.tsx'
import { useMe } from '#web/session/me.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { ShareView } from '../contract.ts'
import { useGranteeWords } from './GranteePicker.tsx'
import { ShareDialog } from './ShareDialog.tsx'
import { draftOfShare } from './share-draft.ts'
import { sharingWords } from './rule-words.ts'
import { useShareActs, useShares } from './use-shares.ts'
import './roles.css'

interface TeamPanelProps {
  readonly object: ScreenObject
  readonly row: RecordRow
}

/** The team of a record with what each does in it, and with whom else it is shared. */
export function TeamPanel({ object, row }: TeamPanelProps) {
  const t = useWords(sharingWords)
  const place = { object: object.key, id: row.id }
  const list = useShares(place)
  const [edited, setEdited] = useState<ShareView | 'new'>()
  if (list.isPending) return <LoadingState rows={3} />
  if (list.isError) return <ErrorState problem={list.error} onRetry={() => void list.refetch()} />
  const { shares, canShare } = list.data
  const add = canShare && (
    <Button icon={<UserAddOutlined />} onClick={() => setEdited('new')}>
      {t('add')}
    </Button>
  )
  const groups = [
    { key: 'members' as const, shares: shares.filter(({ part }) => part !== null) },
    { key: 'shares' as const, shares: shares.filter(({ part }) => part === null) },
  ].filter((group) => group.shares.length > 0)
  return (
    <div className="role-stack">
      {shares.length === 0 ? (
        <EmptyState title={t('teamEmpty')} text={t(canShare ? 'teamEmptyText' : 'teamEmptyOther')} action={add} />
      ) : (
        <>
          {groups.map((group) => (
            <section key={group.key} aria-label={t(group.key)}>
              <h2 className="share-head">{t(group.key)}</h2>
              <ul className="role-lines">
                {group.shares.map((share) => (
                  <ShareLine
                    key={share.id}
                    share={share}
                    canShare={canShare}
                    place={place}
                    onEdit={() => setEdited(share)}
                  />
                ))}
              </ul>
            </section>
          ))}
          {add && <div>{add}</div>}
        </>
      )}
      {edited && (
        <ShareDialog place={place} share={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
    </div>
  )
}

interface ShareLineProps {
  readonly share: ShareView
  readonly canShare: boolean
  readonly place: { readonly object: string; readonly id: string }
  readonly onEdit: () => void
}

function ShareLine({ share, canShare, place, onEdit }: ShareLineProps) {
  const t = useWords(sharingWords)
  const language = useLanguage()
  const { today } = useMe()
  const { message } = App.useApp()
  const toWords = useGranteeWords()
  const undo = useUndo()
  const acts = useShareActs(place)
  const name = toWords(share.to)
  const end = async () => {
    try {
      await acts.remove(share.id)
      const draft = draftOfShare(share)
      undo(t('ended', { name }), async () => void (await acts.keep(draft)))
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const facts = [
    share.note,
    share.byName ? t('by', { name: share.byName, day: momentText(String(share.at), language) }) : null,
  ].filter((fact) => fact !== null && fact !== '')
  return (
    <li className="share-line" data-over={share.isOver}>
      <div>
        <div className="share-line-head">
          <b>{name}</b>
          {share.part && <span>{share.part}</span>}
          <Tag color={share.level === 'write' ? 'gold' : 'default'}>{t(share.level)}</Tag>
          {share.isOver ? (
            <Tag>{t('isOver')}</Tag>
          ) : (
            share.until && (
              <span className="muted num">{t('untilDay', { day: dayText(share.until, language, today) })}</span>
            )
          )}
        </div>
        {facts.length > 0 && <p className="muted">{facts.join(' · ')}</p>}
      </div>
      {canShare && (
        <span className="role-acts">
          <Button type="text" icon={<EditOutlined />} aria-label={t('changeName', { name })} onClick={onEdit} />
          <Button
            type="text"
            icon={<CloseOutlined />}
            title={t('end')}
            aria-label={t('endName', { name })}
            onClick={() => void end()}
          />
        </span>
      )}
    </li>
  )
}

import { useState } from 'react'
import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Switch, Tag } from 'antd'
import type { RobotView } from '#engine/contract/robots.ts'
import { momentText } from '#web/kit/date-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { RobotDialog } from './RobotDialog.tsx'
import { connectionWords } from './connection-words.ts'
import { useConfirmRemoval } from './use-confirm-removal.ts'
import { useRobotActs, useRobots } from './use-connections.ts'

/** Robots of group chats, and how they fare. */
export function RobotList() {
  const t = useWords(connectionWords)
  const listed = useRobots()
  const [edited, setEdited] = useState<RobotView | 'new'>()
  if (listed.isPending) return <LoadingState rows={5} />
  if (listed.isError) return <ErrorState problem={listed.error} onRetry={() => void listed.refetch()} />
  const { robots, kinds } = listed.data
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
      {t('addRobot')}
    </Button>
  )
  return (
    <>
      {robots.length === 0 ? (
        <EmptyState title={t('noRobots')} text={t('noRobotsText')} action={add} />
      ) : (
        <>
          <Panel>
            <ul className="connection-lines">
              {robots.map((robot) => (
                <RobotLine key={robot.id} robot={robot} onEdit={() => setEdited(robot)} />
              ))}
            </ul>
          </Panel>
          <div>{add}</div>
        </>
      )}
      {edited && (
        <RobotDialog robot={edited === 'new' ? undefined : edited} kinds={kinds} onClose={() => setEdited(undefined)} />
      )}
    </>
  )
}

function RobotLine({ robot, onEdit }: { readonly robot: RobotView; readonly onEdit: () => void }) {
  const t = useWords(connectionWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const acts = useRobotActs()
  const confirm = useConfirmRemoval()
  const { id, name, version, isOn, owner, lastSuccessAt, lastFailureAt, lastFailure, mutedUntil, waiting } = robot
  const moment = (at: unknown) => momentText(String(at), language)
  const refuse = (problem: unknown) => void message.error(problemText(problem))
  const test = () =>
    acts.test.mutate(id, {
      onSuccess: ({ isSent, problem }) => void (isSent ? message.success(t('testSent')) : message.error(problem ?? '')),
      onError: refuse,
    })
  return (
    <li className="connection-line">
      <div className="connection-facts">
        <span className="connection-name">
          <Switch
            size="small"
            checked={isOn}
            aria-label={t('isOn', { name })}
            onChange={(on) => acts.change.mutate({ id, version, isOn: on }, { onError: refuse })}
          />
          <b>{name}</b>
          <Tag>{t(robot.brand)}</Tag>
          <span className="muted">{robot.host}</span>
        </span>
        <span className="muted">{t(owner.isActive ? 'owner' : 'ownerLeft', { name: owner.name })}</span>
        <span className="num">{lastSuccessAt ? t('lastSuccess', { at: moment(lastSuccessAt) }) : t('never')}</span>
        {lastFailureAt && lastFailure && (
          <span className="num connection-bad">
            {t('lastFailure', { at: moment(lastFailureAt), why: lastFailure })}
          </span>
        )}
        {mutedUntil && <span className="num">{t('muted', { at: moment(mutedUntil) })}</span>}
        {waiting > 0 && <span className="num">{t('waiting', { n: waiting })}</span>}
      </div>
      <div className="connection-acts">
        <Button size="small" loading={acts.test.isPending} aria-label={t('testFor', { name })} onClick={test}>
          {t('test')}
        </Button>
        <Button type="text" size="small" icon={<EditOutlined />} aria-label={t('edit', { name })} onClick={onEdit} />
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('remove', { name })}
          onClick={() => confirm(name, () => acts.remove.mutateAsync(id))}
        />
      </div>
    </li>
  )
}

import { useId, useState } from 'react'
import { App, DatePicker, Input, Modal } from 'antd'
import dayjs from 'dayjs'
import type { GranteeKind, SharingLevel } from '#engine/policy/sharing.ts'
import { ApiProblem } from '#web/api/problem.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useMe } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import type { ShareView } from '../contract.ts'
import { GranteePicker } from './GranteePicker.tsx'
import { LevelChoice } from './LevelChoice.tsx'
import { FaultLine } from './RoleNames.tsx'
import { sharingWords } from './rule-words.ts'
import { useShareActs, type RecordPlace } from './use-shares.ts'

interface ShareDialogProps {
  readonly place: RecordPlace
  /** The share to change; absent: a new one. */
  readonly share: ShareView | undefined
  readonly onClose: () => void
}

/** Puts somebody on the team of a record or shares it with them, until a day or for good. */
export function ShareDialog({ place, share, onClose }: ShareDialogProps) {
  const t = useWords(sharingWords)
  const k = useWords(kitWords)
  const id = useId()
  const { message } = App.useApp()
  const { today } = useMe()
  const acts = useShareActs(place)
  const [to, setTo] = useState<{ readonly kind: GranteeKind; readonly id: string | undefined }>(
    share?.to ?? { kind: 'person', id: undefined },
  )
  const [level, setLevel] = useState<SharingLevel>(share?.level ?? 'read')
  const [part, setPart] = useState(share?.part ?? '')
  const [note, setNote] = useState(share?.note ?? '')
  const [until, setUntil] = useState(share?.until ?? undefined)
  const [isAsked, setAsked] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const told = (field: string) =>
    problem instanceof ApiProblem ? problem.faults.find((fault) => fault.field === field)?.message : undefined

  const save = async () => {
    setAsked(true)
    setProblem(undefined)
    if (to.id === undefined || isBusy) return
    setBusy(true)
    try {
      await acts.keep({
        to: { kind: to.kind, id: to.id },
        level,
        ...(part.trim() ? { part: part.trim() } : {}),
        ...(note.trim() ? { note: note.trim() } : {}),
        ...(until ? { until } : {}),
      })
      void message.success(t('saved'))
      onClose()
    } catch (refusal) {
      setProblem(refusal)
      if (!(refusal instanceof ApiProblem) || refusal.faults.length === 0) void message.error(problemText(refusal))
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t(share ? 'editTitle' : 'addTitle')}
      okText={k('save')}
      cancelText={k('cancel')}
      okButtonProps={{ loading: isBusy }}
      onOk={() => void save()}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      <form className="role-stack" noValidate onSubmit={(event) => (event.preventDefault(), void save())}>
        <GranteePicker
          id={`${id}-to`}
          kind={to.kind}
          value={to.id}
          name={share?.to.name}
          isFixed={share !== undefined}
          fault={isAsked && to.id === undefined ? t('needTo') : told('to')}
          onChange={(kind, next) => setTo({ kind, id: next })}
        />
        <LevelChoice id={id} value={level} onChange={setLevel} />
        <div className="role-field">
          <label htmlFor={`${id}-part`}>{t('part')}</label>
          <Input
            id={`${id}-part`}
            value={part}
            maxLength={40}
            autoComplete="off"
            placeholder={t('partExample')}
            onChange={(event) => setPart(event.target.value)}
          />
        </div>
        <div className="role-field">
          <label htmlFor={`${id}-until`}>{t('until')}</label>
          <DatePicker
            id={`${id}-until`}
            format="YYYY-MM-DD"
            value={until ? dayjs(until) : null}
            minDate={dayjs(today)}
            onChange={(day) => setUntil(day ? day.format('YYYY-MM-DD') : undefined)}
          />
          <span className="muted role-help">{t('untilHelp')}</span>
          <FaultLine fault={told('until')} />
        </div>
        <div className="role-field">
          <label htmlFor={`${id}-note`}>{t('note')}</label>
          <Input
            id={`${id}-note`}
            value={note}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        <button type="submit" hidden />
      </form>
    </Modal>
  )
}

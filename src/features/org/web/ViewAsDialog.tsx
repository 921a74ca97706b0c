import { useId, useState } from 'react'
import { App, Input, Modal } from 'antd'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useMe } from '#web/session/me.ts'
import { beginViewing } from '#web/session/view-as.ts'
import { useWords } from '#web/words/use-words.ts'
import { orgWords } from './org-words.ts'
import { PersonPicker } from './Pickers.tsx'
import { useOrg } from './use-org.ts'

interface ViewAsDialogProps {
  /** Whose eyes; absent: it is asked. */
  readonly person?: { readonly id: string; readonly name: string }
  readonly onClose: () => void
}

/** Begins to look with the eyes of another person, with a reason for the record. */
export function ViewAsDialog({ person, onClose }: ViewAsDialogProps) {
  const t = useWords(orgWords)
  const k = useWords(kitWords)
  const id = useId()
  const { message } = App.useApp()
  const me = useMe()
  const { units } = useOrg(me.today)
  const [chosen, setChosen] = useState<string | null>(person?.id ?? null)
  const [reason, setReason] = useState('')
  const [isBusy, setBusy] = useState(false)
  const begin = async () => {
    if (chosen === null || isBusy) return
    setBusy(true)
    try {
      await beginViewing(chosen, reason)
    } catch (problem) {
      setBusy(false)
      void message.error(problemText(problem))
    }
  }
  return (
    <Modal
      open
      title={person ? t('viewAsName', { name: person.name }) : t('viewAs')}
      okText={t('viewAsBegin')}
      cancelText={k('cancel')}
      okButtonProps={{ disabled: chosen === null, loading: isBusy }}
      onOk={() => void begin()}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      <form className="org-view-as" onSubmit={(event) => (event.preventDefault(), void begin())}>
        <p className="muted">{t('viewAsText')}</p>
        {!person && (
          <PersonPicker
            aria-label={t('choosePerson')}
            units={units}
            except={me.person.id}
            value={chosen}
            onChange={setChosen}
          />
        )}
        <label htmlFor={`${id}-reason`}>{t('viewAsReason')}</label>
        <Input
          id={`${id}-reason`}
          value={reason}
          maxLength={200}
          autoComplete="off"
          placeholder={t('viewAsExample')}
          onChange={(event) => setReason(event.target.value)}
        />
        <button type="submit" hidden />
      </form>
    </Modal>
  )
}

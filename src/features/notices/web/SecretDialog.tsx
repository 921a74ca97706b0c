import { App, Button, Modal } from 'antd'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { connectionWords } from './connection-words.ts'

/** A secret that is shown this once. */
export function SecretDialog({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  const t = useWords(connectionWords)
  const k = useWords(kitWords)
  const { message } = App.useApp()
  const copy = async () => {
    await navigator.clipboard.writeText(secret)
    void message.success(t('copied'))
  }
  return (
    <Modal
      open
      title={t('secretTitle')}
      onCancel={onClose}
      closable={{ 'aria-label': k('close') }}
      footer={
        <>
          <Button onClick={() => void copy()}>{t('copy')}</Button>
          <Button type="primary" onClick={onClose}>
            {k('close')}
          </Button>
        </>
      }
    >
      <p>{t('secretOnce')}</p>
      <code className="connection-secret">{secret}</code>
    </Modal>
  )
}

import { Modal } from 'antd'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { viewWords } from '../words.ts'

interface KeysHelpProps {
  readonly onClose: () => void
}

const keys = [
  ['↑ ↓ ← →', 'keyMove'],
  ['Shift + ↑ ↓ ← →', 'keyRange'],
  ['Space · Shift + Space', 'keySelect'],
  ['Enter · F2 · e', 'keyEdit'],
  ['Tab · Esc', 'keyLeave'],
  ['o', 'keyOpen'],
  ['Ctrl/⌘ + C · V', 'keyCopy'],
  ['Ctrl/⌘ + A', 'keyAll'],
  ['Shift + ←→', 'keyWidth'],
  ['Alt + ←→', 'keyColumn'],
  ['?', 'keyHelp'],
] as const

/** The keys of the grid. */
export function KeysHelp({ onClose }: KeysHelpProps) {
  const t = useWords(viewWords)
  const k = useWords(kitWords)
  return (
    <Modal open title={t('keys')} footer={null} onCancel={onClose} closable={{ 'aria-label': k('close') }}>
      <dl className="keys-help">
        {keys.map(([key, word]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(word)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}

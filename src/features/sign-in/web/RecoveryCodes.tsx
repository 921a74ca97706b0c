import { Button, Typography } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { securityWords } from './security-words.ts'
import './sign-in.css'

/** Shown once: what to type where the phone is out of reach. */
export function RecoveryCodes({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }) {
  const t = useWords(securityWords)
  return (
    <div className="recovery-codes">
      <h3>{t('codesTitle')}</h3>
      <p className="muted">{t('codesText')}</p>
      <Typography.Paragraph copyable={{ text: codes.join('\n') }}>
        <ol>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
      </Typography.Paragraph>
      <Button type="primary" onClick={onKept}>
        {t('kept')}
      </Button>
    </div>
  )
}

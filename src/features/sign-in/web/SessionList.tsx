import { DesktopOutlined, MobileOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { OpenSessionShape } from '#engine/contract/security.ts'
import { momentText } from '#web/kit/date-text.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { deviceText } from './device-text.ts'
import { securityWords } from './security-words.ts'
import './sign-in.css'

interface SessionListProps {
  readonly sessions: readonly OpenSessionShape[]
  /** Absent: the list is for looking only. */
  readonly onEnd?: (id: string) => void
}

const wayWords = { password: 'byPassword', link: 'byLink', oidc: 'byOidc', demo: 'byDemo' } as const

/** Where somebody is signed in, the last used first. */
export function SessionList({ sessions, onEnd }: SessionListProps) {
  const t = useWords(securityWords)
  const language = useLanguage()
  if (sessions.length === 0) return <p className="muted">{t('noSessions')}</p>
  const companies = new Set(sessions.map((session) => session.company))
  return (
    <ul className="session-list">
      {sessions.map((session) => {
        const device = deviceText(session.agent) ?? t('unknownDevice')
        const facts = [
          session.address,
          t(wayWords[session.way]),
          ...(companies.size > 1 ? [session.company] : []),
          t('since', { at: momentText(String(session.createdAt), language) }),
        ]
        return (
          <li key={session.id}>
            <span className="session-icon" aria-hidden>
              {/iPhone|Android|Mobile/.test(session.agent ?? '') ? <MobileOutlined /> : <DesktopOutlined />}
            </span>
            <span className="session-facts">
              <span>
                <b>{device}</b> {session.isCurrent && <span className="sign-in-mark">{t('current')}</span>}
              </span>
              <span className="muted num">{t('lastSeen', { at: momentText(String(session.seenAt), language) })}</span>
              <span className="muted num">{facts.filter(Boolean).join(' · ')}</span>
            </span>
            {onEnd && !session.isCurrent && (
              <Button size="small" aria-label={t('endOf', { device })} onClick={() => onEnd(session.id)}>
                {t('end')}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

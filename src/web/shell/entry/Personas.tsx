import { Alert, Avatar } from 'antd'
import { useMutation } from '@tanstack/react-query'
import { demoSignInRoute, type SetupState } from '#engine/contract/setup.ts'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useLabel } from '#web/words/use-words.ts'
import { useEnter } from './use-enter.ts'

interface PersonasProps {
  readonly personas: NonNullable<SetupState['demoPersonas']>
}

/** The people of the demo; one click signs in as one of them. */
export function Personas({ personas }: PersonasProps) {
  const label = useLabel()
  const enter = useEnter()
  const signIn = useMutation({
    mutationFn: (persona: string) => call(demoSignInRoute, { body: { persona } }),
    onSuccess: () => enter(),
  })
  return (
    <div className="entry-personas">
      {signIn.isError && <Alert type="error" showIcon title={problemText(signIn.error)} />}
      {personas.map((persona) => (
        <button
          key={persona.key}
          type="button"
          className="entry-choice"
          disabled={signIn.isPending}
          onClick={() => signIn.mutate(persona.key)}
        >
          <Avatar className="entry-avatar">{persona.name.slice(0, 1)}</Avatar>
          <span>
            <b>{persona.name}</b>
            <span className="muted">{label(persona.title)}</span>
          </span>
        </button>
      ))}
    </div>
  )
}

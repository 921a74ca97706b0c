import { App } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, type CallInput, type CallReply } from '#web/api/call.ts'
import { useAct } from '#web/api/use-act.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import { movePlanRoute, showPathRoute } from '../../path-contract.ts'
import { usePlanActs, type OpenPlan } from './use-plan.ts'
import { doneWords, pathWords } from './path-words.ts'

export type Path = CallReply<typeof showPathRoute>
export type PathAct = Path['acts'][number]['act']

/** Acts that take a plan forward stand beside the grid; those that undo or end something are in the menu. */
const forward: readonly PathAct[] = ['submit', 'withdraw', 'approve', 'sendBack', 'publish']

/** Where the plan stands on its path, and the next steps that the reader may take. */
export function usePlanPath({ plan }: OpenPlan) {
  const t = useWords(pathWords)
  const { message } = App.useApp()
  const { refetch } = usePlanActs()
  const [asking, setAsking] = useState<PathAct>()
  const { id: planId, version } = plan
  const path = useQuery({
    queryKey: ['plan', planId, 'path', version],
    queryFn: ({ signal }) => call(showPathRoute, { params: { planId }, signal }),
  })
  const move = useAct({
    mutationFn: (body: CallInput<typeof movePlanRoute>['body']) => call(movePlanRoute, { params: { planId }, body }),
    onSuccess: refetch,
  })
  const step = async (act: PathAct, comment = '') => {
    try {
      await move.mutateAsync({ version, act, ...(comment === '' ? {} : { comment }) })
      void message.success(t(doneWords[act]))
      setAsking(undefined)
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const may = (path.data?.acts ?? []).flatMap((one) => (one.may ? [one.act] : []))
  return {
    path: path.data,
    isMoving: move.isPending,
    forward: may.filter((act) => forward.includes(act)),
    inMenu: may.filter((act) => !forward.includes(act)),
    /** Takes the step, or asks for the reason that it needs. */
    take: (act: PathAct) => (needsComment(act) ? setAsking(act) : void step(act)),
    asking,
    step,
    stopAsking: () => setAsking(undefined),
  }
}

export type PlanPathSteps = ReturnType<typeof usePlanPath>

function needsComment(act: PathAct): boolean {
  return act === 'sendBack' || act === 'reopen' || act === 'lock'
}

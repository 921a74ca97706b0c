import { App } from 'antd'
import { ApiProblem } from '#web/api/problem.ts'
import { problemText } from '#web/kit/problem-text.ts'

/** Shows why something was refused; everything that stands in the way, not the first alone. */
export function useRefusal(): (problem: unknown) => void {
  const { message, modal } = App.useApp()
  return (problem) => {
    const reasons = problem instanceof ApiProblem ? [...new Set(problem.faults.map((fault) => fault.message))] : []
    if (!(problem instanceof ApiProblem) || reasons.length === 0) return void message.error(problemText(problem))
    modal.warning({
      title: problem.title,
      content: (
        <ul className="shape-reasons">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      ),
    })
  }
}

export interface TaskGroups<Task> {
  readonly overdue: readonly Task[]
  readonly today: readonly Task[]
  readonly later: readonly Task[]
  readonly someday: readonly Task[]
}

/** Tasks by when they are due, seen from today. */
export function sortTasks<Task>(
  tasks: readonly Task[],
  dueOf: (task: Task) => string,
  today: string,
): TaskGroups<Task> {
  const due = (task: Task) => dueOf(task)
  return {
    overdue: tasks.filter((task) => due(task) !== '' && due(task) < today),
    today: tasks.filter((task) => due(task) === today),
    later: tasks.filter((task) => due(task) > today),
    someday: tasks.filter((task) => due(task) === ''),
  }
}

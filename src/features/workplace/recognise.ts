import type { Change, Colleague, Here, HerePerson, Note, Reason } from './sync-shapes.ts'

/** Who of theirs is whom. */
export interface Recognised {
  readonly linked: readonly {
    readonly colleague: Colleague
    readonly person: HerePerson
    /** Deactivated when they left there, and there again. */
    readonly isBack: boolean
  }[]
  readonly added: readonly Colleague[]
  readonly leavers: readonly { readonly externalId: string; readonly person: HerePerson }[]
  readonly links: readonly Change[]
  readonly notes: readonly Note[]
  readonly seenAgain: readonly string[]
}

/**
 * Who is linked is that person. Others are recognised by mobile, e-mail or employee number where exactly one person fits,
 * never by name alone; who fits nobody is new.
 */
export function recognise(everybody: readonly Colleague[], here: Here): Recognised {
  const active = withoutShared(everybody.filter(({ isActive }) => isActive))
  const there = new Set(active.map(({ id }) => id))
  const people = new Map(here.people.map((person) => [person.id, person]))
  const found: Found = { linked: [], added: [], links: [], notes: [], seenAgain: [] }
  const taken = new Set<string>()
  for (const colleague of active) {
    const link = here.personLinks.get(colleague.id)
    const person = link && people.get(link.personId)
    if (!person) continue
    taken.add(person.id)
    if (link.hasLeft && person.isActive) found.seenAgain.push(colleague.id)
    takeUp(found, colleague, person, link.hasLeft)
  }
  const left = new Set([...here.personLinks.values()].flatMap(({ hasLeft, personId }) => (hasLeft ? [personId] : [])))
  const unlinked = active.filter(({ id }) => !people.has(here.personLinks.get(id)?.personId ?? ''))
  const { claims, matched } = matchThose(
    unlinked,
    here.people.filter(({ id }) => !taken.has(id)),
  )
  for (const { colleague, person } of matched) {
    taken.add(person.id)
    found.links.push({ kind: 'person-linked', externalId: colleague.id, personId: person.id, name: person.name })
    takeUp(found, colleague, person, left.has(person.id))
  }
  for (const { colleague, fit } of claims) {
    if (fit.length === 0) found.added.push(colleague)
    else found.notes.push(notAdded(colleague, fit.length > 1 ? 'several-fit' : 'claimed-twice'))
  }
  const leavers = [...here.personLinks].flatMap(([externalId, { personId, hasLeft }]) => {
    const person = people.get(personId)
    const isLeaving = person?.isActive && !hasLeft && !there.has(externalId) && !taken.has(personId)
    return isLeaving ? [{ externalId, person }] : []
  })
  return { ...found, leavers }
}

interface Found {
  readonly linked: Recognised['linked'][number][]
  readonly added: Colleague[]
  readonly links: Change[]
  readonly notes: Note[]
  readonly seenAgain: string[]
}

/** Whom somebody of the company deactivated stays so, whatever the directory says. */
function takeUp({ linked, notes }: Found, colleague: Colleague, person: HerePerson, hasLeft: boolean): void {
  if (person.isActive || hasLeft) linked.push({ colleague, person, isBack: !person.isActive })
  else {
    const { id: personId, name } = person
    notes.push({ kind: 'person-changed', name, unitId: null, personId, reason: 'stays-deactivated', isFailure: false })
  }
}

const notAdded = ({ name }: Colleague, reason: Reason): Note => ({
  kind: 'person-added',
  name,
  unitId: null,
  personId: null,
  reason,
  isFailure: true,
})

interface Claim {
  readonly colleague: Colleague
  readonly fit: readonly HerePerson[]
}

interface Matched {
  readonly matched: readonly { readonly colleague: Colleague; readonly person: HerePerson }[]
  /** Those who are nobody's for certain. */
  readonly claims: readonly Claim[]
}

/** Whom exactly one person fits, and nobody else claims; who is known then is out of the question for the others. */
function matchThose(colleagues: readonly Colleague[], people: readonly HerePerson[]): Matched {
  const fits = fitting(people)
  const claims: readonly Claim[] = colleagues.map((colleague) => ({ colleague, fit: fits(colleague) }))
  const byPerson = Map.groupBy(
    claims.filter(({ fit }) => fit.length === 1),
    ({ fit }) => fit[0],
  )
  const sure = [...byPerson].flatMap(([person, [claim, other]]) =>
    person && claim && !other ? [{ colleague: claim.colleague, person }] : [],
  )
  if (sure.length === 0) return { matched: [], claims }
  const matched = new Set(sure.map(({ colleague }) => colleague.id))
  const taken = new Set(sure.map(({ person }) => person.id))
  const rest = matchThose(
    colleagues.filter(({ id }) => !matched.has(id)),
    people.filter(({ id }) => !taken.has(id)),
  )
  return { matched: [...sure, ...rest.matched], claims: rest.claims }
}

/** The people whom a mobile, an e-mail or an employee number fits. */
function fitting(people: readonly HerePerson[]): (colleague: Colleague) => readonly HerePerson[] {
  const byMark = new Map<string, HerePerson[]>()
  for (const person of people) {
    for (const mark of marksOf({ ...person, mobile: person.phone, employeeNumber: person.employeeNo })) {
      byMark.set(mark, [...(byMark.get(mark) ?? []), person])
    }
  }
  return (colleague) => [...new Set(marksOf(colleague).flatMap((mark) => byMark.get(mark) ?? []))]
}

type Marked = Pick<Colleague, 'mobile' | 'email' | 'employeeNumber'>

const marksOf = ({ mobile, email, employeeNumber }: Marked): readonly string[] => [
  ...(mobile === null ? [] : [`mobile ${mobile}`]),
  ...(email === null ? [] : [`email ${email.toLowerCase()}`]),
  ...(employeeNumber === null ? [] : [`number ${employeeNumber}`]),
]

/** What several of them share, such as the mailbox of a department, tells nobody apart: it is as if it were not given. */
function withoutShared(colleagues: readonly Colleague[]): readonly Colleague[] {
  const counts = new Map<string, number>()
  for (const mark of colleagues.flatMap(marksOf)) counts.set(mark, (counts.get(mark) ?? 0) + 1)
  const own = (kind: string, value: string | null) =>
    value !== null && counts.get(`${kind} ${value}`) === 1 ? value : null
  return colleagues.map((colleague) => ({
    ...colleague,
    mobile: own('mobile', colleague.mobile),
    email: own('email', colleague.email),
    employeeNumber: own('number', colleague.employeeNumber),
  }))
}

import type { WorkplaceBrand } from '#engine/contract/workplace.ts'

/** A department as a test lays it out; ids are the brand's own. */
export interface TestDepartment {
  id: string
  parentId: string | null
  name: string
  /** Place among its siblings, smallest first. */
  order: number
}

export interface TestPerson {
  id: string
  name: string
  /** With +86; null: not given to the app. */
  mobile: string | null
  email: string | null
  employeeNumber: string | null
  position: string | null
  /** The main one first. */
  departmentIds: string[]
  leads: string[]
  /** False: frozen there; 钉钉 no longer lists such people. */
  isActive: boolean
}

/** Who is at the company; a test may change it at any time. */
export interface TestDirectory {
  departments: TestDepartment[]
  people: TestPerson[]
}

/** The department of the whole company. */
export const topOf: Readonly<Record<WorkplaceBrand, string>> = { wecom: '1', dingtalk: '1', feishu: '0' }

/** Id of a department in the shape that the brand gives; 0 is the top. */
export function departmentId(brand: WorkplaceBrand, number: number): string {
  if (number === 0) return topOf[brand]
  if (brand === 'feishu') return `od-${String(number).padStart(8, '0')}`
  return String(brand === 'dingtalk' ? 900_000_000 + number : number + 1)
}

/** A person with everything that a test does not care about filled in. */
export function buildPerson(
  person: Partial<TestPerson> & Pick<TestPerson, 'id' | 'name' | 'departmentIds'>,
): TestPerson {
  return {
    mobile: null,
    email: null,
    employeeNumber: null,
    position: null,
    leads: [],
    isActive: true,
    ...person,
  }
}

const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨']
const givenNames = ['一鸣', '思远', '雨桐', '子涵', '明轩', '静怡', '浩然', '若曦', '嘉懿', '晓峰', '文博', '诗琪']

/**
 * A company of seven departments on five levels: some people stand only at the deepest, some in several departments, one
 * is frozen, and the service centre has more people than fit on two pages of any brand.
 */
export function buildDirectory(brand: WorkplaceBrand): TestDirectory {
  const id = (number: number) => departmentId(brand, number)
  const layout: readonly (readonly [number: number, parent: number | null, name: string, order: number])[] = [
    [0, null, '星河科技有限公司', 0],
    [1, 0, '华东大区', 0],
    [2, 1, '江苏分公司', 0],
    [3, 2, '南京办事处', 0],
    [4, 3, '鼓楼一组', 0],
    [5, 0, '客服中心', 1],
    [6, 0, '筹备中的部门', 2],
  ]
  const people = [
    buildPerson({
      id: 'lin.zhiyuan',
      name: '林知远',
      departmentIds: [id(1), id(5)],
      leads: [id(1), id(5)],
      mobile: '+8613900000001',
      email: 'lin.zhiyuan@xinghe.example',
      employeeNumber: 'XH-001',
      position: '大区总经理',
    }),
    buildPerson({ id: 'gu.shiyi', name: '顾拾遗', departmentIds: [id(4)], leads: [id(4), id(3)] }),
    buildPerson({ id: 'ouyang.na', name: '欧阳娜娜', departmentIds: [id(4)], mobile: '+8613900000003' }),
    buildPerson({ id: 'dong.jie', name: '冻结者', departmentIds: [id(2)], isActive: false }),
    buildPerson({ id: 'he.ren', name: 'Ren Hé', departmentIds: [id(0)], position: '董事长' }),
  ]
  const agents = Array.from({ length: 230 }, (_, index) =>
    buildPerson({
      id: `agent.${index}`,
      name: `${surnames[index % surnames.length] ?? ''}${givenNames[index % givenNames.length] ?? ''}`,
      departmentIds: [id(5)],
      mobile: `+86137${String(index).padStart(8, '0')}`,
    }),
  )
  return {
    departments: layout.map(([number, parent, name, order]) => ({
      id: id(number),
      parentId: parent === null ? null : id(parent),
      name,
      order,
    })),
    people: [...people, ...agents],
  }
}

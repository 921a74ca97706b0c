/** A city with its weight: how much of the market it holds. */
export type City = readonly [province: string, city: string, weight: number]

export interface TeamPlace {
  readonly name: string
  readonly cities: readonly City[]
}

interface BranchPlace {
  readonly name: string
  readonly teams: readonly TeamPlace[]
}

interface RegionPlace {
  readonly name: string
  readonly branches: readonly BranchPlace[]
}

const of = (province: string, ...cities: readonly (readonly [string, number])[]): City[] =>
  cities.map(([city, weight]) => [province, city, weight])

/** Where the company sells: regions, their branches, and the teams with the cities that they work. */
// prettier-ignore
export const regions: readonly RegionPlace[] = [
  { name: '华东大区', branches: [
    { name: '上海分公司', teams: [
      { name: '浦东团队', cities: of('上海市', ['浦东新区', 5], ['奉贤区', 3], ['崇明区', 2]) },
      { name: '浦西团队', cities: of('上海市', ['闵行区', 4], ['嘉定区', 3], ['松江区', 3]) },
    ] },
    { name: '江苏分公司', teams: [
      { name: '苏南团队', cities: of('江苏省', ['苏州市', 6], ['无锡市', 4], ['常州市', 3]) },
      { name: '南京团队', cities: of('江苏省', ['南京市', 6], ['镇江市', 2], ['扬州市', 3]) },
      { name: '苏北团队', cities: of('江苏省', ['盐城市', 4], ['淮安市', 2], ['宿迁市', 2]) },
    ] },
    { name: '浙江分公司', teams: [
      { name: '杭州团队', cities: of('浙江省', ['杭州市', 6], ['湖州市', 2], ['嘉兴市', 3]) },
      { name: '甬台温团队', cities: of('浙江省', ['宁波市', 5], ['台州市', 3], ['温州市', 3], ['金华市', 2]) },
    ] },
    { name: '山东分公司', teams: [
      { name: '济南团队', cities: of('山东省', ['济南市', 5], ['德州市', 3], ['聊城市', 2]) },
      { name: '胶东团队', cities: of('山东省', ['青岛市', 5], ['烟台市', 4], ['潍坊市', 5]) },
      { name: '鲁南团队', cities: of('山东省', ['临沂市', 4], ['济宁市', 3], ['菏泽市', 3]) },
    ] },
    { name: '安徽分公司', teams: [
      { name: '合肥团队', cities: of('安徽省', ['合肥市', 5], ['芜湖市', 3], ['六安市', 2]) },
      { name: '淮海团队', cities: [...of('江苏省', ['徐州市', 4]), ...of('安徽省', ['宿州市', 2], ['阜阳市', 3])] },
    ] },
  ] },
  { name: '华南大区', branches: [
    { name: '广东分公司', teams: [
      { name: '广州团队', cities: of('广东省', ['广州市', 6], ['佛山市', 4], ['清远市', 2]) },
      { name: '深圳团队', cities: of('广东省', ['深圳市', 6], ['东莞市', 4], ['惠州市', 3]) },
      { name: '粤西团队', cities: of('广东省', ['湛江市', 3], ['茂名市', 3], ['阳江市', 2]) },
    ] },
    { name: '福建分公司', teams: [
      { name: '福州团队', cities: of('福建省', ['福州市', 4], ['宁德市', 2], ['南平市', 2]) },
      { name: '闽南团队', cities: of('福建省', ['厦门市', 4], ['泉州市', 4], ['漳州市', 3]) },
    ] },
    { name: '桂琼分公司', teams: [
      { name: '南宁团队', cities: of('广西壮族自治区', ['南宁市', 4], ['柳州市', 3], ['玉林市', 2]) },
      { name: '海南团队', cities: of('海南省', ['海口市', 3], ['三亚市', 2]) },
    ] },
  ] },
  { name: '华北大区', branches: [
    { name: '京津分公司', teams: [
      { name: '北京团队', cities: of('北京市', ['海淀区', 4], ['大兴区', 3], ['顺义区', 3]) },
      { name: '天津团队', cities: of('天津市', ['武清区', 3], ['滨海新区', 4], ['静海区', 2]) },
    ] },
    { name: '冀晋蒙分公司', teams: [
      { name: '石家庄团队', cities: of('河北省', ['石家庄市', 4], ['保定市', 3], ['邯郸市', 3]) },
      { name: '太原团队', cities: of('山西省', ['太原市', 3], ['运城市', 3], ['大同市', 2]) },
      { name: '内蒙古团队', cities: of('内蒙古自治区', ['呼和浩特市', 3], ['赤峰市', 3], ['通辽市', 3]) },
    ] },
    { name: '东北分公司', teams: [
      { name: '沈阳团队', cities: of('辽宁省', ['沈阳市', 4], ['大连市', 4], ['锦州市', 2]) },
      { name: '哈长团队', cities: [...of('吉林省', ['长春市', 4], ['四平市', 2]), ...of('黑龙江省', ['哈尔滨市', 5], ['佳木斯市', 3])] },
    ] },
  ] },
  { name: '西南大区', branches: [
    { name: '四川分公司', teams: [
      { name: '成都团队', cities: of('四川省', ['成都市', 7], ['眉山市', 2], ['德阳市', 3]) },
      { name: '川南团队', cities: of('四川省', ['宜宾市', 3], ['泸州市', 3], ['南充市', 3]) },
    ] },
    { name: '重庆分公司', teams: [
      { name: '渝中团队', cities: of('重庆市', ['渝北区', 4], ['江津区', 3], ['璧山区', 2]) },
      { name: '渝东团队', cities: of('重庆市', ['万州区', 3], ['涪陵区', 3], ['垫江县', 1]) },
    ] },
    { name: '云贵分公司', teams: [
      { name: '昆明团队', cities: of('云南省', ['昆明市', 5], ['曲靖市', 3], ['大理白族自治州', 2]) },
      { name: '贵阳团队', cities: of('贵州省', ['贵阳市', 4], ['遵义市', 3], ['毕节市', 2]) },
    ] },
  ] },
  { name: '华中大区', branches: [
    { name: '河南分公司', teams: [
      { name: '郑州团队', cities: of('河南省', ['郑州市', 6], ['新乡市', 3], ['开封市', 3]) },
      { name: '豫南团队', cities: of('河南省', ['周口市', 3], ['驻马店市', 3], ['南阳市', 3]) },
    ] },
    { name: '湖北分公司', teams: [
      { name: '武汉团队', cities: of('湖北省', ['武汉市', 6], ['黄冈市', 2], ['孝感市', 2]) },
      { name: '荆襄团队', cities: of('湖北省', ['襄阳市', 4], ['荆州市', 3], ['宜昌市', 3]) },
    ] },
    { name: '湘赣分公司', teams: [
      { name: '长沙团队', cities: of('湖南省', ['长沙市', 5], ['岳阳市', 3], ['常德市', 3]) },
      { name: '南昌团队', cities: of('江西省', ['南昌市', 4], ['赣州市', 3], ['吉安市', 2]) },
    ] },
    { name: '西北分公司', teams: [
      { name: '西安团队', cities: of('陕西省', ['西安市', 5], ['咸阳市', 3], ['渭南市', 2]) },
      { name: '甘新团队', cities: [...of('甘肃省', ['兰州市', 3], ['张掖市', 2]), ...of('新疆维吾尔自治区', ['乌鲁木齐市', 3], ['昌吉回族自治州', 3])] },
    ] },
  ] },
]

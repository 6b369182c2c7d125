/**
 * Which addresses lie on the public internet. Everything else (this machine, the office network, cloud
 * metadata, test and multicast ranges) is out of bounds for pages that somebody names. Source: IANA
 * special-purpose address registries for IPv4 and IPv6.
 */
import { BlockList, isIP, isIPv4 } from 'node:net'

const SPECIAL_IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

const special = new BlockList()
for (const [network, prefix] of SPECIAL_IPV4) special.addSubnet(network, prefix, 'ipv4')

const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')

/** Inside 2000::/3 and yet not to be reached: documentation, benchmarking, tunnels that carry IPv4 addresses. */
const specialIpv6 = new BlockList()
specialIpv6.addSubnet('2001::', 23, 'ipv6')
specialIpv6.addSubnet('2001:db8::', 32, 'ipv6')
specialIpv6.addSubnet('2002::', 16, 'ipv6')
specialIpv6.addSubnet('3fff::', 20, 'ipv6')

/** False for anything that is no IP address. IPv4 inside IPv6 (::ffff:127.0.0.1) is never public. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false
  if (isIPv4(address)) return !special.check(address, 'ipv4')
  return globalUnicast.check(address, 'ipv6') && !specialIpv6.check(address, 'ipv6')
}

import { lightJobTypes } from '#stages/encoding/work.ts'

/** The room that a runner has for jobs, shared by the servers that it works for. */
export interface Slots {
  /** `onRoom` is called when a server that found no room should ask again. */
  readonly join: (onRoom: () => void) => Seat
}

/** A server's claim to the room. */
export interface Seat {
  /** Of these types, those that it may take a job of now. */
  readonly open: (types: readonly string[]) => string[]
  /** Room for one job, or null; it is kept until it is given back. */
  readonly take: (type: string) => Hold | null
  /** It found no room: it comes first when it has fewer jobs than the others. */
  readonly wait: () => void
  /** It has nothing to be done, or does not answer: nobody waits for it. */
  readonly rest: () => void
  readonly leave: () => void
}

/** Room for one job. */
export interface Hold {
  readonly giveBack: () => void
}

interface Member {
  readonly onRoom: () => void
  jobs: number
  /** Count of all jobs taken when it took its last. */
  servedAt: number
  isWaiting: boolean
}

/**
 * So many jobs at once, and one light one beside them (`lightJobTypes`). Where several servers want
 * the same room, it goes to the one with the fewest jobs here, then to the one that was served longest
 * ago: a server that floods takes what others leave, and one that is away holds nothing up.
 */
export function createSlots(slots: number): Slots {
  const members = new Set<Member>()
  let light = 0
  let heavy = 0
  let served = 0

  const tellWaiting = () => {
    for (const { isWaiting, onRoom } of members) if (isWaiting) onRoom()
  }
  const hasRoom = (member: Member, type: string) => {
    if (lightJobTypes.has(type)) return light === 0
    return (
      heavy < slots && ![...members].some((other) => other.isWaiting && isBefore(other, member))
    )
  }
  const count = (member: Member, type: string, change: 1 | -1) => {
    if (lightJobTypes.has(type)) {
      light += change
    } else {
      heavy += change
      member.jobs += change
    }
    tellWaiting()
  }
  const take = (member: Member, type: string): Hold | null => {
    if (!hasRoom(member, type)) return null
    served += 1
    member.servedAt = served
    count(member, type, 1)
    return { giveBack: () => count(member, type, -1) }
  }
  return {
    join: (onRoom) => {
      const member: Member = { onRoom, jobs: 0, servedAt: 0, isWaiting: false }
      members.add(member)
      const rest = () => {
        if (!member.isWaiting) return
        member.isWaiting = false
        tellWaiting()
      }
      return {
        open: (types) => types.filter((type) => hasRoom(member, type)),
        take: (type) => take(member, type),
        wait: () => {
          member.isWaiting = true
        },
        rest,
        leave: () => {
          members.delete(member)
          rest()
        },
      }
    },
  }
}

function isBefore(one: Member, other: Member): boolean {
  if (one === other) return false
  return one.jobs < other.jobs || (one.jobs === other.jobs && one.servedAt < other.servedAt)
}

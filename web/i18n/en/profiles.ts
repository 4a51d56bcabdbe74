import type { ProfileTexts } from '../ko/profiles.ts'

export const profiles: ProfileTexts = {
  manner: 'Manner score',
  mannerOf: (score) => `Manner ${score}`,
  bands: { cold: 'still cold', warm: 'warm', hot: 'hot', glowing: 'glowing' },
  mannerScale: 'From 0 to 99, everybody starts at 40. It moves with what people say of each other after a deal.',
  reviews: (count) => `Reviews (${count})`,
  verified: 'Phone verified',
  unverified: 'Not verified',
  suspended: 'Suspended',
  follows: 'Following',
  followers: 'Followers',
  deals: 'Deals done',
  noShows: 'No-shows',
  joined: (date) => `Joined ${date}`,
  private:
    'This account is private: bio and lists of follows are for approved followers. Everyone can see auctions and manner.',
  edit: 'Edit profile',
  selling: 'Selling',
  nothing: 'No auctions yet',
  description: (name, manner) => `Auctions and manner score (${manner}) of ${name} on Hallabong.`,
  linksLabel: 'Links',
  counts: 'Record',
}

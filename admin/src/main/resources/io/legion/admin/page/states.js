// The states of a shard: a colour in style.css, a letter for those who see no colours, and what it means. From good to bad.
export const STATES = [
  {letter: 'S', sign: '', state: 'SERVING', name: 'serving', means: 'answers every request'},
  {letter: 'C', sign: 'C', state: 'COPYING', name: 'copying', means: 'is being copied to another node'},
  {letter: 'F', sign: 'F', state: 'FROZEN', name: 'frozen', means: 'changes its participants: FINAL waits until that is decided'},
  {letter: 'W', sign: 'W', state: 'WAITING', name: 'waiting', means: 'FINAL waits for a participant that is silent'},
  {letter: '?', sign: '?', state: 'NOT_KNOWN', name: 'not known', means: 'no node that has it could be asked'},
  {letter: 'D', sign: 'D', state: 'DIVERGENT', name: 'divergent', means: 'its copies differ: one of them serves nothing'},
  {letter: 'X', sign: 'X', state: 'STOPPED', name: 'stopped', means: 'a copy has stopped and serves nothing'},
  {letter: 'N', sign: 'N', state: 'NO_MAJORITY', name: 'no majority', means: 'most participants are out of reach: FAST only'},
];

export const SERVING = STATES[0];

const BY_LETTER = new Map(STATES.map(state => [state.letter, state]));
const BY_STATE = new Map(STATES.map(state => [state.state, state]));
const NOT_KNOWN = BY_STATE.get('NOT_KNOWN');

export const ofLetter = letter => BY_LETTER.get(letter) ?? NOT_KNOWN;
export const ofState = state => BY_STATE.get(state) ?? NOT_KNOWN;

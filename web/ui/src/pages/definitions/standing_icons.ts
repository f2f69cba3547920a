import { CircleCheck, CircleClose, Clock } from '@element-plus/icons-vue';

export const standing_icons = { current: CircleCheck, retired: CircleClose, old: Clock };

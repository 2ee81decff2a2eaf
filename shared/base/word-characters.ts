/**
 * Classes of characters by code point, from Unicode's General_Category and Script as of version 13 without what later versions
 * changed: fixed here, since every engine knows another version. A stretch is `gap+more` in base 36: how far it begins behind the
 * end of the one before, and how many characters follow the first.
 */

/** Letters, letter numbers and marks, without Han and Hiragana. */
export const LETTERS =
  '1t+p 7+p 1c b 5 6+m 2+u 2+cp 5+b f+4 8 2 i+38 2+1 3+3 2 7 2+2 2 2+j 2+2a 2+3u 2+4s 2+11 3 7+14 9+18 2 2+1 ' +
  '2+1 2 9+q 5+3 u+a 6+1r f+2t 2+7 3+9 2+5 b+2 3 h+1m 3+2s p+17 5 3 3+19 j+r 5+a 6+n 2+5 a+21 2+3k e+i 2+7 3+1 ' +
  '3+l 2+6 2 4+3 3+8 3+1 3+3 9 5+1 2+4 d+1 b 2 3+2 2+5 5+1 3+l 2+6 2+1 2+1 2+1 3 2+4 5+1 3+2 4 8+3 2 i+5 c+2 ' +
  '2+8 2+2 2+l 2+6 2+1 2+4 3+9 2+2 2+2 3 g+3 m+6 2+2 2+7 3+1 3+l 2+6 2+1 2+4 3+8 3+1 3+2 8+2 5+1 2+4 e h+1 2+5 ' +
  '4+2 2+3 4+1 2 2+1 4+1 4+2 4+b 5+4 4+2 2+3 3 7 15+c 2+2 2+m 2+f 3+8 2+2 2+3 8+1 2+2 3 3+3 t+3 2+7 2+2 2+m 2+9 ' +
  '2+4 3+8 2+2 2+3 8+1 7+1 2+3 e+2 d+c 2+2 2+1e 2+2 2+4 6+3 8+4 n+5 2+2 2+h 4+n 2+8 2 3+6 4 5+5 2 2+7 j+1 e+1l ' +
  '6+e 1f+1 2 2+4 2+n 2 2+m 3+4 2 2+6 e+3 x o+1 s 2 2 5+9 2+z 5+j 2+h 2+z a 1m+1r h+1r b+3 3+11 2 6 3+16 2+98 ' +
  '2+3 3+6 2 2+3 3+14 2+3 3+w 2+3 3+6 2 2+3 3+e 2+1k 2+3 3+1u 3+2 x+f h+2d 3+5 4+h7 3+g 2+p 6+22 4+a 8+l a+l ' +
  'c+j d+c 2+2 2+1 d+2b 4 5+1 1a+2 2 h+2g 8+16 6+1x b+u 2+b 5+b l+t 3+4 c+17 5+p 1j+r 5+1q 2+s 3 14 9+u 1e+24 ' +
  'v+8 d+1b b+1l d+1j m+2 b+z 3+8 8+16 3+2 h+2 2+12 6+et 3+5 3+11 3+5 3+7 2 2 2 2+u 3+1g 2+6 2 4+2 2+6 4+3 3+5 ' +
  '5+c 6+2 2+6 39 e h+c 1g+w i 5 3+9 2 4+4 7 2 2 2+3 2+a 3+3 6+4 5 i+14 22g+6c 7+8 d+11 2 6 3+1j 8 g+n a+6 2+6 ' +
  '2+6 2+6 2+6 2+6 2+6 2+6 2+v 1c d3+1 q+e 2+4 3+2 2 2l+1 7+2h 2+3 6+16 2+2l i+v 1d+f lq9+wc 1w+19 3+7g 4+f b+1 ' +
  'l+1e 2+9 2+36 12+8 3+2u 3+1r 6+1 2 2+4 p+1h 5 k+1f d+1x r+n 4 2+2 b+z 3+z d+s 4+1s f h+f b+4 2+1i a+d j+m ' +
  '4+20 p+2 3+f 3+4 b+5 3+5 3+5 a+6 2+6 2+16 2+d 7+3e 2+1 j+8mb d+m 5+1c 6x1+6 d+4 6+b 2+c 2+4 2 2+1 2+1 2+2z ' +
  'y+a2 j+1r 3+1h 15+b 5+f h+f 1t+4 2+3q 11+p 7+p c+2g 4+5 3+5 3+5 3+2 10+b 2+p 2+i 2+1 2+e 3+d z+3e 1y+1g 3t ' +
  '3n+s 4+1c g w+v e+t 6+16 6+t 3+z 5+7 2+4 17+4d j+z 5+z 5+13 9+1f d+a 2+e 2+6 2+1 2+a 2+e 2+6 2+1 1w+8m a+l ' +
  'b+7 p+5 2+15 2+8 1y+5 3 2+17 2+1 4 3+m b+m a+u 1u+i 2+1 b+l b+p 1z+1j 7+1 1t+3 2+1 6+7 2+2 2+s 3+2 5 x+s 4+s ' +
  '10+7 2+t q+1h b+l b+i e+h 33+20 1k+1e e+1e e+13 9l+15 2+1 4+1 24+v b 9+w w+l 17+k s+m a+1y 16+5 a+1n 8 e+o ' +
  'o+1g g+3 9+z 3 a+1w 5+3 2+1 b 2 10+h 2+10 7+3 1r+6 2 2+3 2+e 2+9 8+1m m+3 2+7 3+1 3+l 2+6 2+1 2+4 2+9 3+1 ' +
  '3+2 3 7 6+6 3+6 4+4 3w+22 k+3 v+1x 2 55+1h 3+8 o+5 z+1s 4 1o+1k 20+q 3+e l+6 56+1m 2u+1r w+7 3 3+7 2+1 2+t ' +
  '2+1 3+8 2l+7 3+19 3+7 2+1 s+1q 9 9+21 4 j+20 7c+8 2+18 2+8 1e+t 3+l 2+d 22+6 2+1 2+17 4 2+1 2+8 p+5 2+1 2+10 ' +
  '2+1 2+5 94+m a+g 2+14 4+4 32 28+pl 2v+32 i+5f 219+2o g+tr h+l 33f+g6 6nu+fs 8+u i+26 i+t 3+4 c+1i a+3 w+k ' +
  '6+i j5+1r 3l+22 5+1k 8+g 1t+1 3 c+1 f+4qf 9+yd 17+8 6w8+3 2+6 2+1 2 80+2 1f f+3 9+az 1s5+2y 6+c 4+8 8+9 4+1 ' +
  '3mq+19 3+m f3+4 4+5 9+7 3+6 v+3 45+2 cc+2c 2+1y 2+1 3 3+1 3+3 2+b 2 2+6 2+1s 2+3 3+7 2+6 2+r 2+3 2+4 2 4+6 ' +
  '2+9f 3+o 2+o 2+u 2+o 2+u 2+o 2+u 2+o 2+u 2+o 2+7 fp+1i 5+1d 9 f n+4 2+e up+u 7+5 5y+6 2+g 3+6 2+1 2+4 6+1p y ' +
  '35+18 4+d h 8y+u i+1b dd+v kx+6 2+3 2+1 2+e 2+5g c+6 16+23 xh+3 2+q 2+1 2 3 2+9 2+3 2 2 7 5 2 2 2+2 2+1 2 3 ' +
  '2 2 2 2 2+1 2 3+3 2+6 2+3 2+3 2 2+9 2+g 6+2 2+4 2+g gyf9+6n';

/** Decimal digits. */
export const DIGITS =
  '1c+9 17r+9 3r+9 5j+9 bh+9 3b+9 3b+9 3b+9 3b+9 3b+9 3b+9 3b+9 3b+9 3b+9 2p+9 3b+9 1z+9 7r+9 1z+9 1fr+9 13+9 ' +
  '8d+9 3l+9 4n+9 7+9 53+9 2f+9 3r+9 7+9 r7r+9 iv+9 13+9 5j+9 n+9 2f+9 bb+9 gev+9 13b+9 1on+9 ml+9 3l+9 1p+9 ' +
  '41+9 7r+9 9j+9 3b+9 af+9 2v+9 2v+9 br+9 2v+9 l3+9 6v+9 1z+9 br+9 etj+9 2f+9 3r+9 lf9+1d 1tt+9 br+9 dz+9 uv+9 ' +
  '3o7+9';

/** Connecting punctuation, as `_`. */
export const CONNECTORS = '2n 6ao+1 k 17tr+1 p+2 6o';

/** Han and Hiragana. */
export const IDEOGRAPHS =
  '96o+p 2+2g d+5x 1c 2 q+8 f+3 6+2d 7+2 o1+533 1t+g73 hkx+a5 3+2x n49+1 d+1 cnk+7y j u+2 cry 2rk+wyn x+37d ' +
  '7+65 3+4g1 f+5rk 2e8+f1 15v+3t6 6+38f';

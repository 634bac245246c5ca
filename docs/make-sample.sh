#!/bin/sh
# Makes media/sample.mp4, the film that vod://sample.mp4 plays out of the box. See docs/media.md.
#
#   docs/make-sample.sh [OUTPUT]
#
# Needs FFmpeg 5 or later with libx264, and the font Inter (Debian: apt install ffmpeg fonts-inter);
# FONT and BOLD name other font files.
set -eu

out=${1:-"$(dirname "$0")/../media/sample.mp4"}
font=${FONT:-/usr/share/fonts/opentype/inter/InterDisplay-Medium.otf}
bold=${BOLD:-/usr/share/fonts/opentype/inter/InterDisplay-SemiBold.otf}

seconds=10
rate=30
turn='2*PI*T/10'        # the hand goes round once a film
ink=0x0b1020
gold=0xf5a524

# The backdrop: three slow lights, drawn small with 16 bits and scaled up with dither, so that it shows no bands.
# Every term has a period that divides the film's length: it loops without a jump.
lights="geq=
 r='65535*(0.045+0.30*exp(-3.2*(pow((X/W-0.82-0.10*cos($turn))*1.6,2)+pow(Y/H-0.92-0.10*sin($turn),2)))
         +0.09*exp(-3.0*(pow((X/W-0.15-0.12*sin($turn))*1.6,2)+pow(Y/H-0.10-0.10*cos($turn),2))))':
 g='65535*(0.060+0.10*exp(-3.2*(pow((X/W-0.82-0.10*cos($turn))*1.6,2)+pow(Y/H-0.92-0.10*sin($turn),2)))
         +0.19*exp(-3.0*(pow((X/W-0.15-0.12*sin($turn))*1.6,2)+pow(Y/H-0.10-0.10*cos($turn),2))))':
 b='65535*(0.120+0.16*exp(-3.2*(pow((X/W-0.82-0.10*cos($turn))*1.6,2)+pow(Y/H-0.92-0.10*sin($turn),2)))
         +0.34*exp(-3.0*(pow((X/W-0.15-0.12*sin($turn))*1.6,2)+pow(Y/H-0.10-0.10*cos($turn),2))))'"

# The dial, 380x380 with its centre at 190,190: each layer is a colour and a mask with soft edges.
angle='mod(atan2(X-190,190-Y)+2*PI,2*PI)'
ring='clip(5.5-abs(hypot(X-190,Y-190)-160),0,1)'
swept="$ring*clip(($turn-$angle)*160+0.5,0,1)"
hand="clip(13.5-hypot(X-190-160*sin($turn),Y-190+160*cos($turn)),0,1)"
start='clip(5.5-hypot(X-190,Y-30),0,1)'
ticks="clip(2.5-abs(hypot(X-190,Y-190)-136)/2.6,0,1)*clip(1.8-abs(mod($angle+PI/10,PI/5)-PI/10)*136,0,1)"
# On each full second the disc lights up in one frame, the one the tone starts with, and fades.
flash='clip(118.5-hypot(X-190,Y-190),0,1)*exp(-9*mod(T+0.0001,1))'

# %{eif} prints one digit. Each is centred in a column of its own, so that the clock stands still while it runs.
digit() {   # expression, centre x, top y, size, colour
    echo "drawtext=fontfile=$font:text='%{eif\:$1\:d}':x=$2-text_w/2:y=$3:fontsize=$4:fontcolor=$5"
}
# The tone: a C that dies away, an octave of it over it, a G at the film's start; tick from the left, tock from the
# right.
pitch='(523.25+260.74*eq(floor(t),0))'
bell="exp(-9*mod(t,1))*min(1,mod(t,1)*400)*(sin(2*PI*mod(t,1)*$pitch)+0.35*exp(-6*mod(t,1))*sin(4*PI*mod(t,1)*$pitch))"
side='(1-2*mod(floor(t),2))'

text() {    # text, x, y, size, colour, font
    echo "drawtext=fontfile=$6:text='$1':x=$2:y=$3:fontsize=$4:fontcolor=$5"
}

labels="$(text Reelcast 40 36 30 white "$bold"),\
$(text 'sample.mp4' 'w-text_w-40' 41 20 white@0.72 "$font"),\
$(text '960×540  ·  30 fps  ·  H.264 + AAC' '(w-text_w)/2' 'h-51' 18 white@0.72 "$font")"

clock="$(digit '0' 397 225 78 white),$(digit '0' 442 225 78 white),\
$(text '\:' '480-text_w/2' 236 72 white@0.8 "$font"),\
$(digit 'floor(n/300)' 518 225 78 white),$(digit 'mod(floor(n/30)\,10)' 563 225 78 white),\
$(digit 'floor(mod(n\,30)/3)' 472 308 26 0xffc868),$(digit 'mod(floor(n*10/3)\,10)' 488 308 26 0xffc868)"

ffmpeg -hide_banner -loglevel warning -y -filter_complex_threads 1 \
 -filter_complex "
color=black:s=120x68:r=$rate:d=$seconds,format=gbrp16le,$lights,scale=960:540:flags=bicubic+accurate_rnd,format=yuv444p[backdrop];
color=white:s=380x380:r=$rate:d=$seconds,format=gray,geq=lum='255*max(0.16*$ring,0.42*$ticks)'[trackmask];
color=white:s=380x380:r=$rate:d=$seconds,format=gray,geq=lum='255*max($swept,max($hand,$start))'[sweepmask];
color=white:s=380x380:r=$rate:d=$seconds,format=gray,geq=lum='255*0.92*$flash'[flashmask];
color=white:s=380x380:r=$rate:d=$seconds,format=yuv444p[w1];[w1][trackmask]alphamerge[track];
color=$gold:s=380x380:r=$rate:d=$seconds,format=yuv444p[w2];[w2][sweepmask]alphamerge[sweep];
color=white:s=380x380:r=$rate:d=$seconds,format=yuv444p[w3];[w3][flashmask]alphamerge[flash];
[backdrop][track]overlay=290:80:format=yuv444[a];[a][sweep]overlay=290:80:format=yuv444[b];
[b]$labels,$clock[c];[c][flash]overlay=290:80:format=yuv444,format=yuv420p[video];
aevalsrc='$bell*(0.36+0.08*$side)|$bell*(0.36-0.08*$side)':s=48000:d=$seconds:c=stereo[audio]" \
 -map '[video]' -map '[audio]' \
 -c:v libx264 -profile:v baseline -level 3.1 -preset slower -threads 1 -crf 20 -bf 0 -g 30 -keyint_min 30 \
 -sc_threshold 0 -aq-mode 3 -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv \
 -c:a aac -b:a 128k -ar 48000 -ac 2 \
 -map_metadata -1 -metadata title='Reelcast sample' -fflags +bitexact -flags:v +bitexact -flags:a +bitexact \
 -movflags +faststart "$out"

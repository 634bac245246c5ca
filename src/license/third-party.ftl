<#-- META-INF/THIRD-PARTY.txt of the WAR and the jar, made by license-maven-plugin: libraries by their licence -->
THIRD-PARTY SOFTWARE IN REELCAST

Reelcast itself is under the Apache License, Version 2.0: META-INF/LICENSE. What it brings along is the work of others,
unchanged, each under a licence of its own. Where a library names several, any one of them may be chosen.


1. LIBRARIES in WEB-INF/lib of the application, by licence
<#list licenseMap as entry>
<#if entry.getValue()?size gt 0>

${entry.getKey()}
<#list entry.getValue() as library>
  * ${library.name} (${library.groupId}:${library.artifactId}:${library.version}<#if library.url??>, ${library.url}</#if>)
</#list>
</#if>
</#list>


In the pages of the application, js/lib:
  * hls.js (https://github.com/video-dev/hls.js): Apache License, Version 2.0; copyright by Dailymotion and its
    contributors


2. NATIVE CODE inside these libraries

FFmpeg, in the libraries named ffmpeg-*-<platform>: GNU Lesser General Public License, version 3 or (at your option)
any later version; copyright by the FFmpeg developers. The texts are in META-INF/licenses: LGPL-3.0.txt, and
GPL-3.0.txt, which it refers to. It is the build of the JavaCPP Presets without GPL parts (no x264, no x265).
  Source: https://ffmpeg.org/releases/ (the release is the first number in the library's name)
  How it was built: https://github.com/bytedeco/javacpp-presets/tree/master/ffmpeg (the tag is the second number)
  FFmpeg is loaded as shared libraries, unpacked at run time. To run with a build of your own, start Java with
  -Dorg.bytedeco.javacpp.pathsFirst=true -Djava.library.path=<its folder>
It contains: LAME (LGPL-2.0-or-later), SRT (MPL-2.0), OpenSSL, OpenCORE AMR, VisualOn AMR-WB and the Vulkan loader
(Apache-2.0), OpenH264 (BSD-2-Clause, Cisco Systems), libaom (BSD-2-Clause), SVT-AV1 (BSD-3-Clause-Clear), libvpx,
libwebp, Opus and Speex (BSD-3-Clause), HarfBuzz, libxml2, libdrm, libva and the Intel Media SDK dispatcher (MIT),
FreeType (FreeType License), zimg (WTFPL).

Opus, in the libraries named lwjgl-opus-*-natives-<platform>: BSD-3-Clause; copyright by Xiph.Org, Skype Limited,
Octasic, Jean-Marc Valin, Timothy B. Terriberry, CSIRO, Gregory Maxwell, Mark Borgerding, Erik de Castro Lopo, Mozilla,
Amazon. libffi, in lwjgl-*-natives-<platform>: MIT; copyright by Anthony Green, Red Hat and others.

Patents on H.264 and AAC are licensed by their holders where they apply; none of these licences includes that.


3. THE SERVER, in reelcast.jar alone

Payara Micro Community (fish.payara.extras:payara-micro, https://www.payara.fish): at your choice, Common Development
and Distribution License 1.1, or GNU General Public License 2 with the Classpath Exception; copyright by the Payara
Foundation, Oracle and others. Its file MICRO-INF/runtime/jdbc-runtime.jar is left out, the rest is unchanged.
  Licence: https://github.com/payara/Payara/blob/main/LICENSE.txt
  Source: https://github.com/payara/Payara
The libraries in MICRO-INF/runtime carry licences and notices of their own inside, in META-INF.

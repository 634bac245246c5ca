package org.reelcast.rendition;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of two classes one knows the other at most, be it by way of others; a class and those within it count as one. */
class ClassCyclesTest {

    @ParameterizedTest
    @ValueSource(strings = {"rendition", "codec", "sharing"})
    void noClassNamesItselfByWayOfOthers(String folder) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.reelcast." + folder);
        slices().assignedFrom(new ByTopLevelClass(folder))
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    private static final class ByTopLevelClass implements SliceAssignment {
        private final String folder;

        ByTopLevelClass(String folder) {
            this.folder = folder;
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass each) {
            return each.getPackageName().startsWith("org.reelcast." + folder)
                    ? SliceIdentifier.of(each.getName().replaceFirst("\\$.*", ""))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "classes of " + folder;
        }
    }
}
